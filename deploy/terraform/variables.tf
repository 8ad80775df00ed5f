# What an installation says: values/dev.tfvars and values/prod.tfvars. What has a default here is the same in both.

variable "env" {
  description = "Name of the installation, part of the names of buckets, queues and roles: STUDIO_ENV of its processes."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}$", var.env))
    error_message = "env names the installation, such as dev or prod: lower case letters, digits and dashes, 31 at most."
  }
}

variable "account" {
  description = "Number of the AWS account; credentials of another one are refused."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account))
    error_message = "account is the number of the AWS account: 12 digits."
  }
}

variable "region" {
  description = "Where everything is. Specification 3.1 has it in us-east-1, from where alone CloudFront takes certificates."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = var.region == "us-east-1"
    error_message = "region is us-east-1: CloudFront takes certificates from there alone, and the load balancer shares its one. Elsewhere, modules/edge needs a second certificate first."
  }
}

variable "host" {
  description = "Where users reach the installation, without https://: the host of the chart's publicUrl."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.host))
    error_message = "host is where users reach the installation, such as studio.example.com: without https:// and without a path."
  }
}

variable "zone_id" {
  description = "Route 53 zone in which host lies."
  type        = string

  validation {
    condition     = can(regex("^Z[A-Z0-9]+$", var.zone_id))
    error_message = "zone_id is the id of the Route 53 zone that host lies in, such as Z0123456789ABCDEFGHIJ."
  }
}

variable "namespace" {
  description = "Kubernetes namespace of the chart's release."
  type        = string
  default     = "studio"
}

variable "release" {
  description = "Name of the chart's release: its service accounts are called RELEASE-api, RELEASE-cpu and so on."
  type        = string
  default     = "studio"
}

variable "one_nat" {
  description = "Whether one NAT gateway serves both zones. Cheaper; without its zone, nothing reaches the internet."
  type        = bool
}

variable "operators" {
  description = "CIDRs from which people reach the cluster's API server. None: from inside the VPC alone."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.operators : can(cidrhost(cidr, 0)) && !endswith(cidr, "/0")])
    error_message = "operators are CIDRs such as 203.0.113.0/24, and never everybody."
  }
}

variable "administrators" {
  description = "ARNs of IAM roles whose people administer the cluster."
  type        = list(string)

  validation {
    condition     = alltrue([for arn in var.administrators : can(regex("^arn:aws:iam::[0-9]{12}:role/.+$", arn))])
    error_message = "administrators are ARNs of roles, arn:aws:iam::ACCOUNT:role/NAME."
  }
}

variable "kubernetes" {
  description = "Version of Kubernetes; the chart takes 1.30 and later."
  type        = string
  default     = "1.33"

  validation {
    condition     = can(regex("^1\\.(3[0-9]|[4-9][0-9])$", var.kubernetes))
    error_message = "kubernetes is a version such as 1.33, and 1.30 or later: the chart takes no earlier one."
  }
}

variable "general" {
  description = "Machines of API, relay, CPU workers, Temporal and the cluster's own parts. A CPU worker asks for four cores: an xlarge has not room for one."
  type = object({
    types = list(string)
    min   = number
    max   = number
  })

  validation {
    condition     = var.general.min >= 1 && var.general.min <= var.general.max
    error_message = "general.min is at least 1, and general.max no less than it."
  }
}

variable "gpu" {
  description = "Machines with a GPU: so many at least, on spot, and so many at most; on-demand machines stand in where there is no spot. gpu.fleets of the chart name the same types."
  type = object({
    types = list(string)
    min   = number
    max   = number
  })

  validation {
    condition     = alltrue([for type in var.gpu.types : can(regex("^g(4dn|5|6)\\.", type))]) && length(var.gpu.types) > 0
    error_message = "gpu.types are machines with a GPU that the images are for: g4dn, g5 or g6, such as g5.xlarge."
  }

  validation {
    condition     = var.gpu.min >= 0 && var.gpu.min <= var.gpu.max
    error_message = "gpu.min is at least 0, and gpu.max no less than it."
  }
}

variable "database" {
  description = "The machine of PostgreSQL, whether a second one stands by in the other zone, and whether it may be deleted."
  type = object({
    type      = string
    multi_az  = bool
    protected = bool
  })
}

variable "edge_key" {
  description = "By which the load balancer knows requests of CloudFront: 32 letters and digits or more that nobody can guess, as TF_VAR_edge_key. Others are told nothing, since the API believes what CloudFront says of where they come from."
  type        = string
  sensitive   = true

  validation {
    condition     = can(regex("^[A-Za-z0-9]{32,64}$", var.edge_key))
    error_message = "edge_key is 32 to 64 letters and digits that nobody can guess, such as openssl rand -hex 32 writes."
  }
}

variable "weights" {
  description = "Shares of requests, in percent, by colour (specification 9.1). The chart is told the same: outputs.tf."
  type        = object({ blue = number, green = number })
  default     = { blue = 100, green = 0 }

  validation {
    condition     = var.weights.blue + var.weights.green == 100 && min(var.weights.blue, var.weights.green) >= 0
    error_message = "weights are shares of requests, in percent: none below 0, and together 100."
  }
}

variable "budget" {
  description = "What a month may cost, in dollars: specification 8.1's total."
  type        = number

  validation {
    condition     = var.budget > 0
    error_message = "budget is what a month may cost, in dollars: more than 0."
  }
}

variable "mail" {
  description = "Who is written to when something alarms or costs too much."
  type        = string

  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+$", var.mail))
    error_message = "mail is an address of people who look after the installation."
  }
}
