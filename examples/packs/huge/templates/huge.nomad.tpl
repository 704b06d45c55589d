job [[ coalesce (var "job_name" .) (meta "pack.name" .) | quote ]] {
  datacenters = [[ var "datacenters" . | toStringList ]]
  type        = "service"

  group "app" {
    count = [[ var "count" . ]]

    update {
      health_check      = "task_states"
      min_healthy_time  = "1s"
      healthy_deadline  = "10s"
      progress_deadline = "15s"
    }

    # A task that fails is not tried again: the rollout fails at once.
    restart {
      attempts = 0
      mode     = "fail"
    }

    reschedule {
      attempts  = 0
      unlimited = false
    }

    task "server" {
      driver = "raw_exec"

      config {
        command = "/bin/sh"
        args    = ["-c", "exec sleep 3600"]
      }

      resources {
        cpu    = 50
        memory = [[ var "memory" . ]]
      }
    }
  }
}
