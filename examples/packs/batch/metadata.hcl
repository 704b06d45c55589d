app {
  url = "https://developer.hashicorp.com/nomad"
}

pack {
  name        = "batch"
  description = "A batch job that does its work once and ends"
  version     = "1.0.0"
}
