# Variables that all environments share.
access_log = false
labels = {
  team = "shop"
}
