job [[ var "job_name" . | quote ]] {
  datacenters = ["dc1"]
  type        = "service"

  group "app" {
    update {
      min_healthy_time  = "1s"
      healthy_deadline  = "10s"
      progress_deadline = "12s"
      health_check      = "task_states"
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
        command = [[ var "command" . | quote ]]
        args    = ["600"]
      }

      env {
        STAGE = [[ var "stage" . | quote ]]
      }

      resources {
        cpu    = 20
        memory = 16
      }
    }
  }
}
