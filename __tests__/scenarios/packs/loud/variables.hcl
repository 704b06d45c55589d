variable "job_name" {
  type    = string
  default = ""
}

variable "namespace" {
  type    = string
  default = ""
}

variable "script" {
  description = "What the task runs, in a shell"
  type        = string
  default     = "exec sleep 3600"
}

variable "count" {
  type    = number
  default = 1
}

variable "memory" {
  type    = number
  default = 16
}

variable "min_healthy_time" {
  type    = string
  default = "500ms"
}

variable "auto_revert" {
  type    = bool
  default = false
}

variable "canary" {
  type    = number
  default = 0
}

variable "message" {
  type    = string
  default = "hello"
}

variable "says" {
  description = "What nomad-pack prints after a deploy"
  type        = string
  default     = ""
}
