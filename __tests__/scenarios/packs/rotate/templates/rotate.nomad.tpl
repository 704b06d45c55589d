job [[ var "job_name" . | quote ]] {
  datacenters = ["dc1"]
  type        = "service"

  group "app" {
    update {
      min_healthy_time = "500ms"
      health_check     = "task_states"
    }

    task "server" {
      driver       = "raw_exec"
      kill_timeout = "1s"

      config {
        command = "/bin/sh"
        args    = ["-c", "exec sleep 3600", [[ range var "users" . ]][[ . | quote ]], [[ end ]]"--quiet"]
      }

      meta {
        login = [[ printf "svc:%s" (var "password" .) | b64enc | quote ]]
      }

      env {
        MESSAGE  = [[ var "message" . | quote ]]
        PASSWORD = [[ var "password" . | quote ]]
        DATABASE = [[ printf "db=shop password=%s host=db" (var "password" .) | quote ]]
        SHOUTED  = [[ var "password" . | upper | quote ]]
        PIN      = [[ var "pin" . | quote ]]
        CONFIG   = [[ dict "password" (var "password" .) | toJson | quote ]]
      }

      template {
        destination = "local/app.conf"
        data        = <<EOT
host=db
password=[[ var "password" . ]]
EOT
      }

      resources {
        cpu    = 20
        memory = 16
      }
    }
  }
}
