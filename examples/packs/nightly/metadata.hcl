app {
  url = "https://developer.hashicorp.com/nomad"
}

pack {
  name        = "nightly"
  description = "A periodic batch job"
  version     = "1.0.0"
}
