app {
  url = "https://example.com/parent"
}

pack {
  name        = "parent"
  description = "A pack of the scenario tests"
  version     = "1.0.0"
}

dependency "child" {
  source = "./deps/child"
}
