variable "script" {
  type    = string
  default = "exit 0"
}
