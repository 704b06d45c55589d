app {
  url = "https://example.com/v1/child"
}

pack {
  name        = "child"
  description = "A pack of the scenario tests"
  version     = "1.0.0"
}
