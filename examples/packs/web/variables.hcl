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
  description = "What the service says; in its environment as MESSAGE"
  type        = string
  default     = "hello"
}

variable "api_key" {
  description = "A secret of the service; in its environment as API_KEY where it is set"
  type        = string
  default     = ""
}

variable "access_log" {
  description = "Whether the service logs that it has started"
  type        = bool
  default     = true
}

variable "labels" {
  description = "Metadata of the job; the names are words"
  type        = map(string)
  default     = {}
}

variable "min_healthy_time" {
  description = "How long an instance must run before it counts as healthy"
  type        = string
  default     = "1s"
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
