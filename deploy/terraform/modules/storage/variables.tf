variable "name" { type = string }

variable "account" { type = string }

variable "assets" {
  description = "Name of the bucket of scripts, artifacts and films."
  type        = string
}

variable "frontend" {
  description = "Name of the bucket of pages."
  type        = string
}

variable "logs" {
  description = "Name of the bucket of the load balancer's log."
  type        = string
}

variable "origin" {
  description = "Of the site whose pages upload to the assets, such as https://studio.example.com."
  type        = string
}

variable "subnets" {
  description = "Private subnets: models are reached from each."
  type        = list(string)
}

variable "group" {
  description = "Security group of the models' file system."
  type        = string
}
