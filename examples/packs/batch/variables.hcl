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

variable "message" {
  description = "What the job prints"
  type        = string
  default     = "done"
}

variable "seconds" {
  description = "How long the work takes"
  type        = number
  default     = 1
}

variable "exit_code" {
  description = "How the work ends: 0 is good"
  type        = number
  default     = 0
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
