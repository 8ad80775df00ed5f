# A role that the pods of one service account take, and nobody else.

variable "name" {
  description = "Of the role."
  type        = string
}

variable "issuer" {
  description = "Of the cluster's tokens, without https://."
  type        = string
}

variable "provider_arn" {
  description = "By which IAM knows that issuer."
  type        = string
}

variable "account" {
  description = "Of Kubernetes: namespace/name of the service account."
  type        = string
}

variable "statements" {
  description = "What it may do: statements of a policy, each with Sid, Action and Resource."
  type        = any
  default     = []
}

variable "managed" {
  description = "ARNs of AWS's own policies."
  type        = list(string)
  default     = []
}

locals {
  place = split("/", var.account)
}

resource "aws_iam_role" "this" {
  name        = var.name
  description = "Of the service account ${var.account}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = var.provider_arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "${var.issuer}:aud" = "sts.amazonaws.com"
          "${var.issuer}:sub" = "system:serviceaccount:${local.place[0]}:${local.place[1]}"
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  count = length(var.statements) > 0 ? 1 : 0
  name  = "own"
  role  = aws_iam_role.this.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in var.statements : merge({ Effect = "Allow" }, statement)]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each   = toset(var.managed)
  role       = aws_iam_role.this.name
  policy_arn = each.value
}

output "arn" {
  value = aws_iam_role.this.arn
}

output "name" {
  value = aws_iam_role.this.name
}
