app {
  url = "https://example.com/declares"
}

pack {
  name        = "declares"
  description = "A pack of the scenario tests that declares Nomad variables"
  version     = "1.0.0"
}
