# What an account has once, whatever installations it has: the bucket of their states, and the registry of images. Its
# own state stays in this folder.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

variable "account" {
  description = "Number of the AWS account."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account))
    error_message = "account is the number of the AWS account: 12 digits."
  }
}

provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = [var.account]

  default_tags {
    tags = {
      Application = "ai-film-studio"
      ManagedBy   = "terraform"
    }
  }
}
