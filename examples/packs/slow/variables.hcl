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

variable "min_healthy_time" {
  description = "How long an instance must run before it counts as healthy"
  type        = string
  default     = "8s"
}

variable "healthy_deadline" {
  description = "When an instance that is not healthy yet counts as unhealthy"
  type        = string
  default     = "20s"
}

variable "progress_deadline" {
  description = "How long the rollout may go without progress"
  type        = string
  default     = "30s"
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
