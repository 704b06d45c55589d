app {
  url = "https://example.com/svc"
}

pack {
  name        = "loud"
  description = "A pack of the scenario tests"
  version     = "1.0.0"
}
