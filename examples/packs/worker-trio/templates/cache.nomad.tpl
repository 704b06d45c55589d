job "[[ var "prefix" . ]]-cache" {
  datacenters = [[ var "datacenters" . | toStringList ]]
  type        = "service"

  group "cache" {
    count = [[ var "count" . ]]
[[ template "rollout" . ]]

    task "cache" {
      driver = "raw_exec"

      config {
        command = "/bin/sh"
        args    = ["-c", "exec sleep 3600"]
      }
[[ template "surroundings" . ]]
    }
  }
}
