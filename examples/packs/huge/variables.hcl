variable "job_name" {
  description = "Name of the job; the pack's name where it is empty"
  type        = string
  default     = ""
}

variable "datacenters" {
  description = "Datacenters that the job may run in"
  type        = list(string)
  default     = ["dc1"]
}

variable "count" {
  description = "Number of instances"
  type        = number
  default     = 1
}

variable "memory" {
  description = "MB of memory that it asks for"
  type        = number
  default     = 999999
}
