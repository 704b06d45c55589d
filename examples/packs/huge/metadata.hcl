app {
  url = "https://developer.hashicorp.com/nomad"
}

pack {
  name        = "huge"
  description = "A service that asks for more memory than any machine has"
  version     = "1.0.0"
}
