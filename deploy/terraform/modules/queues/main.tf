# Specification 2.6. Workers set the queues up, too (infrastructure/queueing.py), and a test holds both together.

variable "jobs" {
  description = "Names of the queues of GPU demand, by kind of work: a ticket for each piece of it."
  type        = map(string)
}

variable "dead" {
  description = "Name of the queue of what failed for good, and of tickets that crash their workers."
  type        = string
}

locals {
  retention_s  = 14 * 24 * 3600
  visibility_s = 15 * 60
}

resource "aws_sqs_queue" "dead" {
  name                       = var.dead
  message_retention_seconds  = local.retention_s
  visibility_timeout_seconds = local.visibility_s
  sqs_managed_sse_enabled    = true
}

resource "aws_sqs_queue" "jobs" {
  for_each                   = var.jobs
  name                       = each.value
  message_retention_seconds  = local.retention_s
  visibility_timeout_seconds = local.visibility_s
  sqs_managed_sse_enabled    = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 3
  })
}

resource "aws_sqs_queue_redrive_allow_policy" "dead" {
  queue_url = aws_sqs_queue.dead.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [for queue in aws_sqs_queue.jobs : queue.arn]
  })
}
