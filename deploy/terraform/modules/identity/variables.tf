variable "name" { type = string }

variable "account" { type = string }

variable "region" { type = string }

variable "namespace" {
  description = "Of the chart's release."
  type        = string
}

variable "release" {
  description = "The chart's release."
  type        = string
}

variable "issuer" {
  description = "Of the cluster's tokens, without https://."
  type        = string
}

variable "provider_arn" { type = string }

variable "assets" { type = string }

variable "jobs" {
  description = "Names of the queues of GPU demand, by kind of work."
  type        = map(string)
}

variable "dead" { type = string }

variable "secret_names" {
  description = "Names of secrets, by what they are for."
  type        = map(string)
}

variable "target_groups" {
  description = "ARNs, by colour."
  type        = map(string)
}

variable "cluster" { type = string }

variable "scaling_groups" {
  description = "Names of autoscaling groups, by group of machines."
  type        = map(string)
}
