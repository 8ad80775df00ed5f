variable "name" { type = string }

variable "kubernetes" {
  description = "Version of Kubernetes."
  type        = string
}

variable "subnets" {
  description = "Private subnets."
  type        = list(string)
}

variable "control_group" { type = string }

variable "backend_group" { type = string }

variable "worker_group" { type = string }

variable "operators" {
  description = "CIDRs from which people reach the API server; none closes it to the internet."
  type        = list(string)
}

variable "administrators" {
  description = "ARNs of roles."
  type        = list(string)
}

variable "general" {
  type = object({ types = list(string), min = number, max = number })
}

variable "gpu" {
  type = object({ types = list(string), min = number, max = number })
}
