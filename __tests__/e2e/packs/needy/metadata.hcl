app {
  url = "https://example.com/needy"
}

pack {
  name        = "needy"
  description = "a variable without a default"
  version     = "0.1.0"
}
