app {
  url = "https://example.com/kinds"
}

pack {
  name        = "kinds"
  description = "A pack of the scenario tests"
  version     = "1.0.0"
}
