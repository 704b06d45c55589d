variable "job_name" {
  type    = string
  default = "rotate"
}

variable "password" {
  type    = string
  default = ""
}

variable "pin" {
  type    = number
  default = 0
}

variable "users" {
  type    = list(string)
  default = []
}

variable "message" {
  type    = string
  default = "hello"
}
