variable "name" { type = string }

variable "host" {
  description = "Where users reach the installation."
  type        = string
}

variable "zone_id" { type = string }

variable "vpc_id" { type = string }

variable "subnets" {
  description = "Public subnets."
  type        = list(string)
}

variable "group" { type = string }

variable "weights" {
  description = "Shares of requests by colour, in percent."
  type        = object({ blue = number, green = number })
}

variable "edge_key" {
  description = "By which the load balancer knows requests of CloudFront."
  type        = string
  sensitive   = true
}

variable "frontend" {
  description = "The bucket of pages."
  type        = string
}

variable "frontend_domain" { type = string }

variable "assets_origin" {
  description = "From where pages show pictures and films: the origin of signed links."
  type        = string
}

variable "logs" {
  description = "The bucket of the load balancer's log."
  type        = string
}
