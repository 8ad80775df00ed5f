# The load balancer: a target group for each colour, into which the chart hangs its pods (TargetGroupBinding). Weights are
# one rule: a change of them takes seconds.

locals {
  # What is the API's; metrics are for the cluster alone.
  api = ["/api/*", "/healthz", "/readyz", "/version"]

  # The API takes the client's address from what CloudFront adds (proxies: 2). Whoever came past CloudFront could write
  # any address there, and would be counted as somebody else by every limit: so they are told nothing.
  edge_header = "X-Studio-Edge"
}

resource "aws_lb" "this" {
  name                       = var.name
  load_balancer_type         = "application"
  internal                   = false
  subnets                    = var.subnets
  security_groups            = [var.group]
  drop_invalid_header_fields = true
  enable_deletion_protection = true

  # A stream of events says something every 15 seconds (api/streams.py), and lasts as long as its film.
  idle_timeout = 300

  access_logs {
    bucket  = var.logs
    prefix  = "balancer"
    enabled = true
  }
}

resource "aws_lb_target_group" "this" {
  for_each    = var.weights
  name        = "${var.name}-${each.key}"
  vpc_id      = var.vpc_id
  target_type = "ip"
  port        = 8000
  protocol    = "HTTP"

  # Streams are broken off after that, and their browsers ask again where they were.
  deregistration_delay = 30

  health_check {
    path                = "/healthz"
    matcher             = "200"
    interval            = 15
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate_validation.this.certificate_arn

  # Whoever asks for something else than users do, or not by CloudFront, is told nothing.
  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "Not here."
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_rule" "api" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 10

  condition {
    host_header {
      values = [var.host]
    }
  }

  condition {
    http_header {
      http_header_name = local.edge_header
      values           = [var.edge_key]
    }
  }

  condition {
    path_pattern {
      values = local.api
    }
  }

  action {
    type = "forward"

    forward {
      dynamic "target_group" {
        for_each = var.weights

        content {
          arn    = aws_lb_target_group.this[target_group.key].arn
          weight = target_group.value
        }
      }
    }
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}
