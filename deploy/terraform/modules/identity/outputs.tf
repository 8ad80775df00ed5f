output "components" {
  description = "ARNs, by component of the chart."
  value       = { for component, role in module.component : component => role.arn }
}

output "operators" {
  description = "ARNs, by namespace/name of the service account."
  value       = { for account, role in module.operator : account => role.arn }
}
