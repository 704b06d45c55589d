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

variable "message" {
  description = "What the service says; change it for a new version"
  type        = string
  default     = "hello"
}

variable "canaries" {
  description = "Instances of a new version that run beside the old one"
  type        = number
  default     = 1
}

variable "auto_promote" {
  description = "Promote a new version by itself, once its canaries are healthy"
  type        = bool
  default     = false
}

variable "resources" {
  description = "What each instance gets: MHz of CPU and MB of memory"
  type = object({
    cpu    = number
    memory = number
  })
  default = {
    cpu    = 50
    memory = 32
  }
}
