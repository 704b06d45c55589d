job [[ coalesce (var "job_name" .) (meta "pack.name" .) | quote ]] {
  datacenters = [[ var "datacenters" . | toStringList ]]
  type        = "batch"

  group "work" {
    # A task that fails is not tried again: the rollout fails at once.
    restart {
      attempts = 0
      mode     = "fail"
    }

    reschedule {
      attempts  = 0
      unlimited = false
    }

    task "work" {
      driver = "raw_exec"

      config {
        command = "/bin/sh"
        args    = ["-c", "sleep [[ var "seconds" . ]]; echo \"$MESSAGE\"; exit [[ var "exit_code" . ]]"]
      }

      env {
        MESSAGE = [[ var "message" . | quote ]]
      }

      resources {
        cpu    = [[ (var "resources" .).cpu ]]
        memory = [[ (var "resources" .).memory ]]
      }
    }
  }
}
