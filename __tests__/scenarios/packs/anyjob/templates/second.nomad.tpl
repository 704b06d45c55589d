[[- var "second" . -]]
