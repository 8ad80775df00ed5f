terraform {
  # 1.11 locks a state in S3 without a table beside it.
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0" # the version whose schemas the tests hold this against
    }
  }

  # Which bucket says a file: terraform init -backend-config=values/ENV.s3.tfbackend
  backend "s3" {}
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account] # the wrong credentials change nothing

  default_tags {
    tags = {
      Application = "ai-film-studio"
      Environment = var.env
      ManagedBy   = "terraform"
    }
  }
}
