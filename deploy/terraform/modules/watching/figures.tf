# The figures that alarms and dashboards are made of, by name, each with where CloudWatch has it. Those of films come out
# of the API's /metrics by the CloudWatch agent for Prometheus, which README.md says how to set up; without it, nobody
# knows them here, and the chart's own alerts watch instead.

locals {
  films = "AIFilmStudio"

  balancer = { LoadBalancer = var.balancer }

  figures = {
    requests       = { namespace = "AWS/ApplicationELB", metric = "RequestCount", dimensions = local.balancer }
    failed         = { namespace = "AWS/ApplicationELB", metric = "HTTPCode_Target_5XX_Count", dimensions = local.balancer }
    refused        = { namespace = "AWS/ApplicationELB", metric = "HTTPCode_ELB_5XX_Count", dimensions = local.balancer }
    latency        = { namespace = "AWS/ApplicationELB", metric = "TargetResponseTime", dimensions = local.balancer }
    connections    = { namespace = "AWS/ApplicationELB", metric = "ActiveConnectionCount", dimensions = local.balancer }
    films_running  = { namespace = local.films, metric = "studio_films", dimensions = { env = var.env, status = "running" } }
    films_complete = { namespace = local.films, metric = "studio_films", dimensions = { env = var.env, status = "completed" } }
    films_failed   = { namespace = local.films, metric = "studio_films", dimensions = { env = var.env, status = "failed" } }
    tickets        = { namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = var.jobs.keyframes } }
    tickets_held   = { namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesNotVisible", dimensions = { QueueName = var.jobs.keyframes } }
    ticket_age     = { namespace = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", dimensions = { QueueName = var.jobs.keyframes } }
    clips          = { namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = var.jobs.motion } }
    clips_held     = { namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesNotVisible", dimensions = { QueueName = var.jobs.motion } }
    clip_age       = { namespace = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", dimensions = { QueueName = var.jobs.motion } }
    dead_letters   = { namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = var.dead } }
    dead_tickets   = { namespace = local.films, metric = "studio_dead_letters", dimensions = { env = var.env, kind = "ticket" } }
    gpu            = { namespace = "ContainerInsights", metric = "node_gpu_utilization", dimensions = { ClusterName = var.cluster } }
    machines       = { namespace = "ContainerInsights", metric = "cluster_node_count", dimensions = { ClusterName = var.cluster } }
    database_cpu   = { namespace = "AWS/RDS", metric = "CPUUtilization", dimensions = { DBInstanceIdentifier = var.database } }
    database_free  = { namespace = "AWS/RDS", metric = "FreeableMemory", dimensions = { DBInstanceIdentifier = var.database } }
    connected      = { namespace = "AWS/RDS", metric = "DatabaseConnections", dimensions = { DBInstanceIdentifier = var.database } }
    stored         = { namespace = "AWS/S3", metric = "BucketSizeBytes", dimensions = { BucketName = var.assets, StorageType = "StandardStorage" } }
  }

  # Each one as a widget of a dashboard takes it.
  rows = {
    for name, figure in local.figures : name => concat(
      [figure.namespace, figure.metric],
      flatten([for key, value in figure.dimensions : [key, value]]),
    )
  }

  # In percent; without a request or a film none failed.
  error_rate   = "100 * (failed + refused) / IF(requests > 0, requests, 1)"
  failure_rate = "100 * DIFF(films_failed) / IF(DIFF(films_failed) + DIFF(films_complete) > 0, DIFF(films_failed) + DIFF(films_complete), 1)"
}
