variable "job_name" {
  type = string
}

variable "type" {
  type    = string
  default = "service"
}

variable "kernel" {
  description = "What a node must run to be fit"
  type        = string
  default     = "linux"
}

variable "datacenter" {
  type    = string
  default = "dc1"
}

variable "driver" {
  type    = string
  default = "raw_exec"
}

variable "update" {
  description = "The job's update block; empty for none"
  type        = string
  default     = ""
}

variable "services" {
  description = "The group's network and services; empty for none"
  type        = string
  default     = ""
}

variable "script" {
  description = "What the main task runs, in a shell"
  type        = string
  default     = "exec sleep 3600"
}

variable "config" {
  description = "What else the main task's driver is told"
  type        = string
  default     = ""
}

variable "reschedules" {
  description = "Whether Nomad replaces what fails, as it does by default"
  type        = bool
  default     = false
}

variable "prepare" {
  description = "What a task runs before the main one; empty for none"
  type        = string
  default     = ""
}

variable "beside" {
  description = "What other main tasks run, by their names"
  type        = list(string)
  default     = []
}

variable "cleanup" {
  description = "What a task runs after the main one; empty for none"
  type        = string
  default     = ""
}

variable "message" {
  type    = string
  default = "hello"
}
