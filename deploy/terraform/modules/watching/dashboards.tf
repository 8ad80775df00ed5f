# Specification 5.2: three dashboards, an hour each, four tiles each.

locals {
  dashboards = {
    api = [
      { title = "Requests", period = 60, stat = "Sum", metrics = [local.rows.requests] },
      { title = "Failed, %", period = 60, stat = "Sum", metrics = concat(
        [[{ id = "rate", expression = local.error_rate, label = "Failed, %" }]],
        [for name in ["requests", "failed", "refused"] : concat(local.rows[name], [{ id = name, visible = false }])],
      ) },
      { title = "Latency, s", period = 60, stat = "Average", metrics = [
        for stat in ["p50", "p95", "p99"] : concat(local.rows.latency, [{ stat = stat, label = stat }])
      ] },
      { title = "Connections that are open", period = 60, stat = "Sum", metrics = [local.rows.connections] },
    ]

    jobs = [
      { title = "GPU work: waiting, in hand, dead letters", period = 60, stat = "Maximum", metrics = [
        concat(local.rows.tickets, [{ label = "pictures, waiting" }]),
        concat(local.rows.tickets_held, [{ label = "pictures, in hand" }]),
        concat(local.rows.clips, [{ label = "clips, waiting" }]),
        concat(local.rows.clips_held, [{ label = "clips, in hand" }]),
        concat(local.rows.dead_letters, [{ label = "dead letters" }]),
      ] },
      { title = "Films in work", period = 60, stat = "Maximum", metrics = [local.rows.films_running] },
      # Little's law: how many are in work, divided by how many end in a second.
      { title = "How long a film takes, s", period = 3600, stat = "Maximum", metrics = [
        [{ id = "took", expression = "3600 * films_running / IF(DIFF(films_complete) > 0, DIFF(films_complete), 1)", label = "seconds" }],
        concat(local.rows.films_running, [{ id = "films_running", visible = false, stat = "Average" }]),
        concat(local.rows.films_complete, [{ id = "films_complete", visible = false }]),
      ] },
      { title = "Films that failed, %", period = 3600, stat = "Maximum", metrics = concat(
        [[{ id = "rate", expression = local.failure_rate, label = "Failed, %" }]],
        [for name in ["films_complete", "films_failed"] : concat(local.rows[name], [{ id = name, visible = false }])],
      ) },
    ]

    infrastructure = [
      { title = "Machines", period = 60, stat = "Maximum", metrics = concat([local.rows.machines], [
        for group, scaling in var.scaling_groups : ["AWS/AutoScaling", "GroupInServiceInstances", "AutoScalingGroupName", scaling, { label = group }]
      ]) },
      { title = "GPU, %", period = 60, stat = "Average", metrics = [local.rows.gpu] },
      { title = "Database: CPU, free memory, connections", period = 60, stat = "Average", metrics = [
        concat(local.rows.database_cpu, [{ label = "CPU, %" }]),
        concat(local.rows.database_free, [{ label = "free memory, bytes", yAxis = "right" }]),
        concat(local.rows.connected, [{ label = "connections" }]),
      ] },
      { title = "Assets, bytes", period = 86400, stat = "Maximum", metrics = [local.rows.stored] },
    ]
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  for_each       = local.dashboards
  dashboard_name = "${var.name}-${each.key}"

  dashboard_body = jsonencode({
    start = "-PT1H"
    widgets = [
      for i, tile in each.value : {
        type   = "metric"
        x      = (i % 2) * 12
        y      = floor(i / 2) * 6
        width  = 12
        height = 6
        properties = {
          title   = tile.title
          region  = var.region
          view    = "timeSeries"
          period  = tile.period
          stat    = tile.stat
          metrics = tile.metrics
        }
      }
    ]
  })
}
