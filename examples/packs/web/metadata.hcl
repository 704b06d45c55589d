app {
  url = "https://developer.hashicorp.com/nomad"
}

pack {
  name        = "web"
  description = "A service with variables of every type"
  version     = "1.0.0"
}
