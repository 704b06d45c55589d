job [[ coalesce (var "job_name" .) (meta "pack.name" .) | quote ]] {
  datacenters = [[ var "datacenters" . | toStringList ]]
  type        = "service"

  meta {
    [[- range $name, $value := var "labels" . ]]
    [[ $name ]] = [[ $value | quote ]]
    [[- end ]]
  }

  group "app" {
    count = [[ var "count" . ]]

    update {
      health_check      = "task_states"
      min_healthy_time  = [[ var "min_healthy_time" . | quote ]]
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
        args    = ["-c", "[[ if var "access_log" . ]]echo started; [[ end ]]exec sleep 3600"]
      }

      env {
        MESSAGE = [[ var "message" . | quote ]]
        [[- if var "api_key" . ]]
        API_KEY = [[ var "api_key" . | quote ]]
        [[- end ]]
      }

      resources {
        cpu    = [[ (var "resources" .).cpu ]]
        memory = [[ (var "resources" .).memory ]]
      }
    }
  }
}
