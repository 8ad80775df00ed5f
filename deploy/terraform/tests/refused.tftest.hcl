# Values that make no sense are refused, each with its sentence of variables.tf. Many at once: a plan takes seconds.

mock_provider "aws" {}

variables {
  edge_key = "0123456789abcdef0123456789abcdef"
}

run "what_names_nothing" {
  command = plan

  variables {
    env            = "Prod!"
    account        = "example"
    region         = "eu-west-1"
    host           = "https://studio.example.com/"
    zone_id        = "example.com"
    administrators = ["arn:aws:iam::123456789012:user/somebody"]
    mail           = "nobody"
    edge_key       = "secret"
  }

  expect_failures = [
    var.env, var.account, var.region, var.host, var.zone_id, var.administrators, var.mail, var.edge_key,
  ]
}

run "what_makes_no_sense" {
  command = plan

  variables {
    operators  = ["0.0.0.0/0"]
    kubernetes = "1.29"
    general    = { types = ["m6i.2xlarge"], min = 0, max = 4 }
    gpu        = { types = ["g5.xlarge"], min = 3, max = 2 }
    weights    = { blue = 90, green = 20 }
    budget     = 0
  }

  expect_failures = [var.operators, var.kubernetes, var.general, var.gpu, var.weights, var.budget]
}

run "machines_without_a_gpu" {
  command = plan

  variables {
    gpu     = { types = ["m6i.xlarge"], min = 0, max = 2 }
    general = { types = ["m6i.2xlarge"], min = 5, max = 4 }
    weights = { blue = 110, green = -10 }
  }

  expect_failures = [var.gpu, var.general, var.weights]
}
