app {
  url = "https://example.com/everywhere"
}

pack {
  name        = "everywhere"
  description = "A pack of the scenario tests"
  version     = "1.0.0"
}
