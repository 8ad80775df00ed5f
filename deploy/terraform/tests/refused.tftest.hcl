# Values that make no sense are refused, with the sentences of variables.tf.

mock_provider "aws" {}

variables {
  edge_key = "0123456789abcdef0123456789abcdef"
}

run "a_name_that_no_bucket_may_have" {
  command = plan
  variables {
    env = "Prod!"
  }
  expect_failures = [var.env]
}

run "an_account_that_is_none" {
  command = plan
  variables {
    account = "example"
  }
  expect_failures = [var.account]
}

run "another_region" {
  command = plan
  variables {
    region = "eu-west-1"
  }
  expect_failures = [var.region]
}

run "an_address_in_place_of_a_host" {
  command = plan
  variables {
    host = "https://studio.example.com/"
  }
  expect_failures = [var.host]
}

run "a_zone_by_its_name" {
  command = plan
  variables {
    zone_id = "example.com"
  }
  expect_failures = [var.zone_id]
}

run "everybody_at_the_api_server" {
  command = plan
  variables {
    operators = ["0.0.0.0/0"]
  }
  expect_failures = [var.operators]
}

run "a_user_in_place_of_a_role" {
  command = plan
  variables {
    administrators = ["arn:aws:iam::123456789012:user/somebody"]
  }
  expect_failures = [var.administrators]
}

run "a_kubernetes_that_is_too_old" {
  command = plan
  variables {
    kubernetes = "1.29"
  }
  expect_failures = [var.kubernetes]
}

run "no_general_machines" {
  command = plan
  variables {
    general = { types = ["m6i.2xlarge"], min = 0, max = 4 }
  }
  expect_failures = [var.general]
}

run "more_at_least_than_at_most" {
  command = plan
  variables {
    gpu = { types = ["g5.xlarge"], min = 3, max = 2 }
  }
  expect_failures = [var.gpu]
}

run "machines_without_a_gpu" {
  command = plan
  variables {
    gpu = { types = ["m6i.xlarge"], min = 0, max = 2 }
  }
  expect_failures = [var.gpu]
}

run "weights_that_do_not_sum_up" {
  command = plan
  variables {
    weights = { blue = 90, green = 20 }
  }
  expect_failures = [var.weights]
}

run "a_month_for_nothing" {
  command = plan
  variables {
    budget = 0
  }
  expect_failures = [var.budget]
}

run "nobody_to_write_to" {
  command = plan
  variables {
    mail = "nobody"
  }
  expect_failures = [var.mail]
}

run "a_key_that_can_be_guessed" {
  command = plan
  variables {
    edge_key = "secret"
  }
  expect_failures = [var.edge_key]
}
