app {
  url = "https://developer.hashicorp.com/nomad"
}

pack {
  name        = "canary"
  description = "A service whose new versions run beside the old one until they are promoted"
  version     = "1.0.0"
}
