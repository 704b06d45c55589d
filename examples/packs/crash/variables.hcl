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

variable "crash" {
  description = "Whether it does; deploy it with false first to see a version that fails after a good one"
  type        = bool
  default     = true
}

variable "exit_code" {
  description = "Exit code of the task"
  type        = number
  default     = 3
}

variable "message" {
  description = "Last words of the task, on stderr"
  type        = string
  default     = "no such table: users"
}

variable "auto_revert" {
  description = "Let Nomad go back to the last version that was healthy"
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
