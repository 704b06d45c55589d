app {
  url = "https://example.com"
}

pack {
  name        = "site"
  description = "The site of the shop"
  version     = "1.0.0"
}
