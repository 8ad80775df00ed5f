output "name" { value = aws_eks_cluster.this.name }

output "issuer" {
  description = "Of the cluster's tokens, without https://."
  value       = local.issuer
}

output "provider_arn" { value = aws_iam_openid_connect_provider.this.arn }

output "scaling_groups" {
  description = "Names of the autoscaling groups, by group of machines."
  value       = { for name, group in aws_eks_node_group.this : name => group.resources[0].autoscaling_groups[0].name }
}
