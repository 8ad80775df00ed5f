# Specification 5.3, and what the queues need besides. docs/operations/alerts.md says what to do; a test holds both
# together.

locals {
  # Of one figure each: which, how it is summed up, over how many seconds, how often in a row, above what.
  simple = {
    database-cpu = {
      figure = "database_cpu", statistic = "Average", period = 300, times = 3, above = 80
      says   = "The database's CPU is above 80 % for a quarter of an hour: give it a larger machine (database.type)."
    }
    dead-letters = {
      figure = "dead_letters", statistic = "Maximum", period = 60, times = 1, above = 10
      says   = "More than 10 dead letters lie there: look at them (studio dlq list)."
    }
    # SQS tells how many dead letters lie there, and not of what they are: the API looks.
    first-dead-letter = {
      figure = "dead_letters", statistic = "Maximum", period = 60, times = 1, above = 0
      says   = "A dead letter lies there: a film or a shot failed for good, unless crash-loop says that it is a ticket."
    }
    crash-loop = {
      figure = "dead_tickets", statistic = "Maximum", period = 60, times = 1, above = 0
      says   = "A ticket was taken three times and never finished: GPU workers crash in a loop."
    }
    tickets-wait = {
      figure = "ticket_age", statistic = "Maximum", period = 300, times = 3, above = 3600
      says   = "Pictures wait to be painted for more than an hour: no machines come, or too few."
    }
    clips-wait = {
      figure = "clip_age", statistic = "Maximum", period = 300, times = 3, above = 3600
      says   = "Clips wait to be made for more than an hour: no machines come, or too few."
    }
    storage = {
      figure = "stored", statistic = "Maximum", period = 86400, times = 1, above = 1000000000000
      says   = "The assets are more than 1 TB: see what they cost."
    }
  }

  # Of several: the expression, its figures, and how they are summed up.
  computed = {
    api-errors = {
      expression = local.error_rate, figures = ["requests", "failed", "refused"], statistic = "Sum", period = 300, times = 1, above = 5
      says       = "More than 5 % of requests fail."
    }
    films-fail = {
      expression = local.failure_rate, figures = ["films_complete", "films_failed"], statistic = "Maximum", period = 3600, times = 1, above = 10
      says       = "More than 10 % of the films that ended in an hour failed."
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "simple" {
  for_each            = local.simple
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.says
  namespace           = local.figures[each.value.figure].namespace
  metric_name         = local.figures[each.value.figure].metric
  dimensions          = local.figures[each.value.figure].dimensions
  statistic           = each.value.statistic
  period              = each.value.period
  evaluation_periods  = each.value.times
  threshold           = each.value.above
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching" # an empty queue says nothing
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
}

resource "aws_cloudwatch_metric_alarm" "computed" {
  for_each            = local.computed
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.says
  evaluation_periods  = each.value.times
  threshold           = each.value.above
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]

  metric_query {
    id          = "rate"
    label       = each.value.says
    expression  = each.value.expression
    return_data = true
  }

  dynamic "metric_query" {
    for_each = each.value.figures

    content {
      id = metric_query.value

      metric {
        namespace   = local.figures[metric_query.value].namespace
        metric_name = local.figures[metric_query.value].metric
        dimensions  = local.figures[metric_query.value].dimensions
        stat        = each.value.statistic
        period      = each.value.period
      }
    }
  }
}

# A colour that has requests and no pod that answers.
resource "aws_cloudwatch_metric_alarm" "nobody" {
  alarm_name          = "${var.name}-nobody-answers"
  alarm_description   = "No pod of the API answers the load balancer."
  evaluation_periods  = 3
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]

  metric_query {
    id          = "healthy"
    label       = "Pods that answer"
    expression  = "SUM(METRICS())"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = var.target_groups

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = "HealthyHostCount"
        dimensions  = { LoadBalancer = var.balancer, TargetGroup = metric_query.value }
        stat        = "Maximum"
        period      = 60
      }
    }
  }
}
