app {
  url = "https://example.com/anyjob"
}

pack {
  name        = "anyjob"
  description = "A pack whose job files are variables"
  version     = "1.0.0"
}
