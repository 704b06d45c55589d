app {
  url = "https://example.com/shop"
}

pack {
  name        = "shop"
  description = "Two services, of which each has a release and a secret"
  version     = "1.0.0"
}
