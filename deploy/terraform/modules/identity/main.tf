# Who may do what: specification 6.2, with what the software really asks for (docs/operations/deployment.md). A role for
# each service account of the chart. ARNs are written out of names, so that a plan shows each policy whole.

locals {
  bucket  = "arn:aws:s3:::${var.assets}"
  objects = [for prefix in ["artifacts", "jobs", "projects"] : "${local.bucket}/${prefix}/*"]
  jobs    = "arn:aws:sqs:${var.region}:${var.account}:${var.jobs}"
  dead    = "arn:aws:sqs:${var.region}:${var.account}:${var.dead}"

  # Without ListBucket the store answers 403 for what is not there, and every look into the cache would be an error.
  store = [
    {
      Sid      = "Objects"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
      Resource = local.objects
    },
    { Sid = "WhatIsThere", Action = ["s3:ListBucket"], Resource = [local.bucket] },
  ]

  # Workers see to the bucket's settings at their start, and sweep what was left of uploads.
  bucket_settings = [{
    Sid = "Settings"
    Action = [
      "s3:GetBucketVersioning", "s3:PutBucketVersioning",
      "s3:GetEncryptionConfiguration", "s3:PutEncryptionConfiguration",
      "s3:GetLifecycleConfiguration", "s3:PutLifecycleConfiguration",
      "s3:GetBucketCORS", "s3:PutBucketCORS",
      "s3:ListBucketMultipartUploads",
    ]
    Resource = [local.bucket]
  }]

  # Tickets of GPU demand: opened, drained and topped up by the workers of films; held, extended, given back and deleted
  # by those with a GPU. Dead letters are sent by both.
  tickets = [{
    Sid = "Tickets"
    Action = [
      "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility",
      "sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:SetQueueAttributes",
    ]
    Resource = [local.jobs]
  }]
  held = [{
    Sid      = "Tickets"
    Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:SetQueueAttributes"]
    Resource = [local.jobs]
  }]
  letters = [{
    Sid      = "DeadLetters"
    Action   = ["sqs:SendMessage", "sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:SetQueueAttributes"]
    Resource = [local.dead]
  }]

  # The admin's routes list, redrive and discard dead letters, and count both queues.
  redriven = [
    {
      Sid      = "DeadLetters"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"]
      Resource = [local.dead]
    },
    { Sid = "Depths", Action = ["sqs:GetQueueUrl", "sqs:GetQueueAttributes"], Resource = [local.jobs, local.dead] },
  ]

  components = {
    api   = concat(local.store, local.redriven)
    relay = local.store
    cpu   = concat(local.store, local.bucket_settings, local.tickets, local.letters)
    gpu   = concat(local.store, local.bucket_settings, local.held, local.letters)
  }
}

module "component" {
  source       = "../service_role"
  for_each     = local.components
  name         = "${var.name}-${each.key}"
  issuer       = var.issuer
  provider_arn = var.provider_arn
  account      = "${var.namespace}/${var.release}-${each.key}"
  statements   = each.value
}
