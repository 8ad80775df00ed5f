output "target_groups" {
  description = "ARNs, by colour."
  value       = { for colour, group in aws_lb_target_group.this : colour => group.arn }
}

output "balancer_metric" {
  description = "As metrics name it."
  value       = aws_lb.this.arn_suffix
}

output "target_group_metrics" {
  description = "As metrics name them, by colour."
  value       = { for colour, group in aws_lb_target_group.this : colour => group.arn_suffix }
}

output "distribution" { value = aws_cloudfront_distribution.this.id }
