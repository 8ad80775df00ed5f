output "frontend" { value = aws_s3_bucket.this["frontend"].bucket }

output "frontend_domain" {
  description = "Where the CDN fetches pages."
  value       = aws_s3_bucket.this["frontend"].bucket_regional_domain_name
}

output "logs" {
  description = "The bucket, once the load balancer may write into it."
  value       = aws_s3_bucket_policy.this["logs"].bucket
}

output "models" { value = aws_efs_file_system.models.id }
