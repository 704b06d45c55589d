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

variable "cron" {
  description = "When it runs, in the words of cron"
  type        = string
  default     = "0 3 * * *"
}

variable "time_zone" {
  description = "Time zone of `cron`"
  type        = string
  default     = "UTC"
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
