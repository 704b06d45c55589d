job [[ coalesce (var "job_name" .) (meta "pack.name" .) | quote ]] {
  type = "service"
  [[- if var "namespace" . ]]
  namespace = [[ var "namespace" . | quote ]]
  [[- end ]]

  group "app" {
    update {
      health_check      = "task_states"
      min_healthy_time  = "10ms"
      healthy_deadline  = "10s"
      progress_deadline = "15s"
    }

    restart {
      attempts = 0
      mode     = "fail"
    }

    reschedule {
      attempts  = 0
      unlimited = false
    }

    task "echo" {
      driver       = "raw_exec"
      kill_timeout = "1s"

      config {
        command = "/bin/sleep"
        args    = ["3600"]
      }

      # As JSON in base64: neither HCL nor Nomad can read anything into them.
      env {
        [[- range $name := list "text" "number" "flag" "texts" "numbers" "labels" "resources" "anything" ]]
        [[ $name ]] = [[ var $name $ | toJson | b64enc | quote ]]
        [[- end ]]
      }

      resources {
        cpu    = [[ (var "resources" .).cpu ]]
        memory = [[ (var "resources" .).memory ]]
      }
    }
  }
}
