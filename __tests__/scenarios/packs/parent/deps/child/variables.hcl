variable "script" {
  type    = string
  default = "exec sleep 3600"
}
