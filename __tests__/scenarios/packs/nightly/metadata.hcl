app {
  url = "https://example.com/nightly"
}

pack {
  name        = "nightly"
  description = "A pack of the scenario tests"
  version     = "1.0.0"
}
