variable "prefix" {
  description = "What the names of the three jobs begin with"
  type        = string
  default     = "trio"
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

variable "queue_password" {
  description = "Password of the queue; in the environment as QUEUE_PASSWORD. It has no default"
  type        = string
}

variable "queues" {
  description = "Queues that the worker works on; in its environment as QUEUES, in JSON"
  type        = list(string)
  default     = ["default"]
}

variable "worker_crashes" {
  description = "Whether the worker ends as soon as it starts; the other two run on"
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
