[[- define "rollout" ]]
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
[[- end ]]

[[- define "surroundings" ]]
      env {
        QUEUE_PASSWORD = [[ var "queue_password" . | quote ]]
        QUEUES         = [[ var "queues" . | toJson | quote ]]
      }

      resources {
        cpu    = [[ (var "resources" .).cpu ]]
        memory = [[ (var "resources" .).memory ]]
      }
[[- end ]]
