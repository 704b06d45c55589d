job [[ var "job_name" . | quote ]] {
  datacenters = [[ var "datacenter" . | list | toJson ]]
  type        = [[ var "type" . | quote ]]

  constraint {
    attribute = "${attr.kernel.name}"
    value     = [[ var "kernel" . | quote ]]
  }

  [[- if ne (var "update" .) "" ]]
  update {
    [[ var "update" . ]]
  }
  [[- end ]]

  group "app" {

    restart {
      attempts = 0
      mode     = "fail"
    }
    [[- if and (not (var "reschedules" .)) (or (eq (var "type" .) "service") (eq (var "type" .) "batch")) ]]

    reschedule {
      attempts  = 0
      unlimited = false
    }
    [[- end ]]
    [[ var "services" . ]]

    task "server" {
      driver       = [[ var "driver" . | quote ]]
      kill_timeout = "1s"

      config {
        command = "/bin/sh"
        args    = ["-c", [[ var "script" . | quote ]]]
        [[ var "config" . ]]
      }

      env {
        MESSAGE = [[ var "message" . | quote ]]
      }

      resources {
        cpu    = 20
        memory = 16
      }
    }
    [[- range $index, $script := var "beside" . ]]

    task "beside-[[ $index ]]" {
      driver       = "raw_exec"
      kill_timeout = "1s"

      config {
        command = "/bin/sh"
        args    = ["-c", [[ $script | quote ]]]
      }

      resources {
        cpu    = 20
        memory = 16
      }
    }
    [[- end ]]
    [[- if ne (var "prepare" .) "" ]]

    task "prepare" {
      driver       = "raw_exec"
      kill_timeout = "1s"

      lifecycle {
        hook = "prestart"
      }

      config {
        command = "/bin/sh"
        args    = ["-c", [[ var "prepare" . | quote ]]]
      }

      resources {
        cpu    = 20
        memory = 16
      }
    }
    [[- end ]]
    [[- if ne (var "cleanup" .) "" ]]

    task "cleanup" {
      driver       = "raw_exec"
      kill_timeout = "1s"

      lifecycle {
        hook = "poststop"
      }

      config {
        command = "/bin/sh"
        args    = ["-c", [[ var "cleanup" . | quote ]]]
      }

      resources {
        cpu    = 20
        memory = 16
      }
    }
    [[- end ]]
  }
}
