job [[ coalesce (var "job_name" .) (meta "pack.name" .) | quote ]] {
  datacenters = [[ var "datacenters" . | toStringList ]]
  type        = "service"

  group "app" {
    count = [[ var "count" . ]]

    update {
      health_check      = "task_states"
      min_healthy_time  = [[ var "min_healthy_time" . | quote ]]
      healthy_deadline  = [[ var "healthy_deadline" . | quote ]]
      progress_deadline = [[ var "progress_deadline" . | quote ]]
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
        cpu    = [[ (var "resources" .).cpu ]]
        memory = [[ (var "resources" .).memory ]]
      }
    }
  }
}
