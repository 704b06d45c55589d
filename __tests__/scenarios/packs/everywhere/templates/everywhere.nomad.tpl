job "everywhere" {
  datacenters = ["dc1"]
  type        = "system"

  group "app" {

    restart {
      attempts = 0
      mode     = "fail"
    }

    task "server" {
      driver       = "raw_exec"
      kill_timeout = "1s"

      config {
        command = "/bin/sh"
        args    = ["-c", [[ var "script" . | quote ]]]
      }

      resources {
        cpu    = 20
        memory = 16
      }
    }
  }
}
