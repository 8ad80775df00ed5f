variable "name" { type = string }

variable "region" { type = string }

variable "one_nat" {
  description = "Whether one NAT gateway serves both zones."
  type        = bool
}
