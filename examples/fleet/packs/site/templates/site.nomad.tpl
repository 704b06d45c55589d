job "site" {
  datacenters = ["dc1"]
  type        = "service"

  group "site" {
    update {
      health_check     = "task_states"
      min_healthy_time = "1s"
      healthy_deadline = "10s"
      progress_deadline = "15s"
    }

    task "server" {
      driver = "raw_exec"

      config {
        command = "/bin/sh"
        args    = ["-c", "exec sleep 3600"]
      }

      env {
        MESSAGE = [[ var "message" . | quote ]]
        API_KEY = [[ var "api_key" . | quote ]]
      }
    }
  }
}
