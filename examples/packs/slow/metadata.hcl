app {
  url = "https://developer.hashicorp.com/nomad"
}

pack {
  name        = "slow"
  description = "A service that takes its time to become healthy"
  version     = "1.0.0"
}
