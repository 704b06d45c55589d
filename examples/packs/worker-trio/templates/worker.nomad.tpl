job "[[ var "prefix" . ]]-worker" {
  datacenters = [[ var "datacenters" . | toStringList ]]
  type        = "service"

  group "worker" {
    count = [[ var "count" . ]]
[[ template "rollout" . ]]

    task "worker" {
      driver = "raw_exec"

      config {
        command = "/bin/sh"
        args    = ["-c", "[[ if var "worker_crashes" . ]]echo 'the queue is gone' >&2; exit 1[[ else ]]exec sleep 3600[[ end ]]"]
      }
[[ template "surroundings" . ]]
    }
  }
}
