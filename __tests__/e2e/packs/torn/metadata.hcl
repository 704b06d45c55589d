app {
  url = "https://example.com/torn"
}

pack {
  name        = "torn"
  description = "a template that fails"
  version     = "0.1.0"
}
