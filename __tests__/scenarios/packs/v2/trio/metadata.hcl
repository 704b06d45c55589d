app {
  url = "https://example.com/v2/trio"
}

pack {
  name        = "trio"
  description = "A pack of the scenario tests"
  version     = "1.0.0"
}
