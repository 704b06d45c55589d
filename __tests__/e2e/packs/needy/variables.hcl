variable "image" {
  description = "What to run"
  type        = string
}

variable "count" {
  type    = number
  default = 1
}

variable "ports" {
  type    = list(number)
  default = []
}

variable "resources" {
  type = object({
    cpu    = number
    memory = number
  })
  default = {
    cpu    = 20
    memory = 16
  }
}
