variable "release" {
  type    = string
  default = "1"
}

variable "script" {
  description = "What the tasks run, in a shell"
  type        = string
  default     = "exec sleep 3600"
}

variable "password" {
  type    = string
  default = ""
}
