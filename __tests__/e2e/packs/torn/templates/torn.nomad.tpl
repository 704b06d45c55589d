job "torn" {
  group "app" {
    count = [[ fail "there is no count" ]]
  }
}
