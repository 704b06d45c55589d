app {
  url = "https://example.com/task"
}

pack {
  name        = "task"
  description = "A pack of the scenario tests"
  version     = "1.0.0"
}
