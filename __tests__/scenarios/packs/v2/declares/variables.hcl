variable "stage" {
  type    = string
  default = "dev"

  validation {
    condition     = contains(["dev", "prod"], var.stage)
    error_message = "The stage is dev or prod."
  }
}

variable "job_name" {
  type    = string
  default = "declares"
}

variable "command" {
  type    = string
  default = "/bin/sleep"
}

nomad_variable "conf" {
  path = "nomad/jobs/declares"
  items = {
    greeting = "hello-hello-2"
    port     = 8080
    tags     = ["a", 1]
    on       = true
  }
}

nomad_variable "elsewhere" {
  path      = "shared/declares"
  namespace = "prod"
  items = {
    key = "same"
  }
}
