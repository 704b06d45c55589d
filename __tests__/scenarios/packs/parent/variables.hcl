# The parent has no variables of its own.
