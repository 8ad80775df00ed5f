variable "name" { type = string }

variable "env" { type = string }

variable "region" { type = string }

variable "mail" {
  description = "Who is written to."
  type        = string
}

variable "budget" {
  description = "What a month may cost, in dollars."
  type        = number
}

variable "balancer" {
  description = "The load balancer, as metrics name it."
  type        = string
}

variable "target_groups" {
  description = "Target groups as metrics name them, by colour."
  type        = map(string)
}

variable "database" {
  description = "Identifier of the database."
  type        = string
}

variable "jobs" {
  description = "Names of the queues of GPU demand, by kind of work."
  type        = object({ keyframes = string, motion = string })
}

variable "dead" { type = string }

variable "assets" { type = string }

variable "cluster" { type = string }

variable "scaling_groups" {
  description = "Names of autoscaling groups, by group of machines."
  type        = map(string)
}
