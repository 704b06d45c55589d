app {
  url = "https://example.com/askew"
}

pack {
  name        = "askew"
  description = "a job specification that Nomad cannot read"
  version     = "0.1.0"
}
