variable "job_name" {
  type    = string
  default = ""
}

variable "namespace" {
  type    = string
  default = ""
}

variable "text" {
  type    = string
  default = ""
}

variable "number" {
  type    = number
  default = 0
}

variable "flag" {
  type    = bool
  default = false
}

variable "texts" {
  type    = list(string)
  default = []
}

variable "numbers" {
  type    = list(number)
  default = []
}

variable "labels" {
  type    = map(string)
  default = {}
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

variable "anything" {
  type    = any
  default = {}
}
