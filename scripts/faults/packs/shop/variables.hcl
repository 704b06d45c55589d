variable "release" {
  type    = string
  default = "1"
}

variable "worker_release" {
  description = "Of the worker, where it is another one"
  type        = string
  default     = ""
}

variable "canaries" {
  type    = number
  default = 0
}

variable "suffix" {
  description = "What the names of the jobs end with"
  type        = string
  default     = ""
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
