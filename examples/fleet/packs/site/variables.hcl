variable "message" {
  description = "What the site says; in its environment as MESSAGE"
  type        = string
}

variable "api_key" {
  description = "The site's key for the API; in its environment as API_KEY"
  type        = string
  default     = ""
}
