[[ var "says" . ]]
