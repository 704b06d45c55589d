app {
  url = "https://example.com/rotate"
}

pack {
  name        = "rotate"
  description = "A pack of the scenario tests"
  version     = "1.0.0"
}
