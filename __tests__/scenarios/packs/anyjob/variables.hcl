variable "first" {
  type    = string
  default = ""
}

variable "second" {
  type    = string
  default = ""
}

variable "in_run" {
  description = "Stands in the place of first where nomad-pack is called as run"
  type        = string
  default     = ""
}
