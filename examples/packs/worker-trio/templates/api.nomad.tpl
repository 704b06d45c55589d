job "[[ var "prefix" . ]]-api" {
  datacenters = [[ var "datacenters" . | toStringList ]]
  type        = "service"

  group "api" {
    count = [[ var "count" . ]]
[[ template "rollout" . ]]

    task "api" {
      driver = "raw_exec"

      config {
        command = "/bin/sh"
        args    = ["-c", "exec sleep 3600"]
      }
[[ template "surroundings" . ]]
    }
  }
}
