[[ coalesce (var "job_name" .) (meta "pack.name" .) ]] says "[[ var "message" . ]]", [[ var "count" . ]] time(s).
