# What is kept secret: a secret for each Secret of the chart (values-*.yaml), with the same keys inside, as JSON. They are
# made empty and filled by hand: what Terraform writes lies in its state, too.

variable "path" {
  description = "What names begin with."
  type        = string
}

locals {
  # As the chart calls them without `studio-`, and which keys are in each.
  secrets = {
    database = "url, direct-url, gpu-url, owner-url, pooler-url"
    pooler   = "userlist.txt"
    auth     = "secret"
    metrics  = "token"
    mail     = "url"
    payments = "secret-key, webhook-secret: where something is sold"
    sign-in  = "google, github: where people sign in by them"
  }
}

resource "aws_secretsmanager_secret" "this" {
  for_each                = local.secrets
  name                    = "${var.path}/${each.key}"
  description             = "Keys: ${each.value}"
  recovery_window_in_days = 30
}

output "names" {
  value = { for key, secret in aws_secretsmanager_secret.this : key => secret.name }
}
