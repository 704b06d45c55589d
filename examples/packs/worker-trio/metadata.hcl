app {
  url = "https://developer.hashicorp.com/nomad"
}

pack {
  name        = "worker-trio"
  description = "Three services that belong together: an API, a worker, a cache"
  version     = "1.0.0"
}
