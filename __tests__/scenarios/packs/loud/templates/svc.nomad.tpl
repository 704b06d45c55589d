job [[ coalesce (var "job_name" .) (meta "pack.name" .) | quote ]] {
  datacenters = ["dc1"]
  type        = "service"
  [[- if ne (var "namespace" .) "" ]]
  namespace = [[ var "namespace" . | quote ]]
  [[- end ]]

  group "app" {
    count = [[ var "count" . ]]

    update {
      min_healthy_time  = [[ var "min_healthy_time" . | quote ]]
      healthy_deadline  = "10s"
      progress_deadline = "12s"
      health_check      = "task_states"
      auto_revert       = [[ var "auto_revert" . ]]
      canary            = [[ var "canary" . ]]
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
        MESSAGE = [[ var "message" . | quote ]]
      }

      resources {
        cpu    = 20
        memory = [[ var "memory" . ]]
      }
    }
  }
}
