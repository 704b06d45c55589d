job "needy" {
  type = "service"

  group "app" {
    count = [[ var "count" . ]]

    task "server" {
      driver = "raw_exec"

      config {
        command = "/bin/sleep"
        args    = ["3600"]
      }

      env {
        IMAGE = [[ var "image" . | quote ]]
        PORTS = "[[ range var "ports" . ]][[ . ]] [[ end ]]"
      }

      resources {
        cpu    = [[ (var "resources" .).cpu ]]
        memory = [[ (var "resources" .).memory ]]
      }
    }
  }
}
