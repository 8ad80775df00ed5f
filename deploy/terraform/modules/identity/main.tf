# Who may do what: specification 6.2, with what the software really asks for (docs/operations/deployment.md). A role for
# each service account of the chart. ARNs are written out of names, so that a plan shows each policy whole.

locals {
  bucket  = "arn:aws:s3:::${var.assets}"
  objects = [for prefix in ["artifacts", "jobs", "projects"] : "${local.bucket}/${prefix}/*"]
  jobs    = [for name in values(var.jobs) : "arn:aws:sqs:${var.region}:${var.account}:${name}"]
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

  # A ticket for each piece of GPU work: workers of films open them; those with a GPU hold them, delete them, give them
  # back, and change an old one for a new one; the relay counts, tops up and drains.
  held = [{
    Sid      = "Tickets"
    Action   = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueUrl"]
    Resource = local.jobs
  }]
  counted = [{
    Sid      = "Tickets"
    Action   = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:GetQueueAttributes"]
    Resource = local.jobs
  }]
  sent = [{
    Sid      = "TicketsAndDeadLetters"
    Action   = ["sqs:SendMessage", "sqs:GetQueueUrl"]
    Resource = concat(local.jobs, [local.dead])
  }]

  # The admin's routes list, redrive and discard dead letters, and count all queues.
  redriven = [
    {
      Sid      = "DeadLetters"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"]
      Resource = [local.dead]
    },
    { Sid = "Depths", Action = ["sqs:GetQueueUrl", "sqs:GetQueueAttributes"], Resource = concat(local.jobs, [local.dead]) },
  ]

  components = {
    api   = concat(local.store, local.redriven)
    relay = concat(local.store, local.counted)
    cpu   = concat(local.store, local.bucket_settings, local.sent)
    gpu   = concat(local.store, local.bucket_settings, local.held)
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
