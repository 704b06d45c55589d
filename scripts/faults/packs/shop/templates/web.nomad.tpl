job "web[[ var "suffix" . ]]" {
  datacenters = ["dc1"]
  type        = "service"

  group "app" {
    update {
      min_healthy_time  = "100ms"
      healthy_deadline  = "5s"
      progress_deadline = "6s"
      health_check      = "task_states"
      canary            = [[ var "canaries" . ]]
    }

    migrate {
      min_healthy_time = "100ms"
      healthy_deadline = "5s"
      health_check     = "task_states"
    }

    restart {
      attempts = 0
      mode     = "fail"
    }

    reschedule {
      attempts  = 0
      unlimited = false
    }

    task "server" {
      driver       = "raw_exec"
      kill_timeout = "1s"

      config {
        command = "/bin/sh"
        args    = ["-c", [[ var "script" . | quote ]]]
      }

      env {
        RELEASE  = [[ var "release" . | quote ]]
        PASSWORD = [[ var "password" . | quote ]]
      }

      resources {
        cpu    = 20
        memory = 16
      }
    }
  }
}
