variable "worker_script" {
  type    = string
  default = "exec sleep 3600"
}
