job "askew" {
  group "app" {
    conut = 2
  }
}
