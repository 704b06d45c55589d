app {
  url = "https://developer.hashicorp.com/nomad"
}

pack {
  name        = "crash"
  description = "A service that ends as soon as it starts, unless it is told not to"
  version     = "1.0.0"
}
