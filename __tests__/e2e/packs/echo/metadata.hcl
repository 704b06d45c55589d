app {
  url = "https://example.com/echo"
}

pack {
  name        = "echo"
  description = "one task that runs, and the values of the variables in its environment"
  version     = "0.1.0"
}
