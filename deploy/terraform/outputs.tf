output "helm_values" {
  description = "What the chart is told: terraform output -raw helm_values > from-terraform.yaml, a file of values behind values-ENV.yaml."
  value = yamlencode({
    env       = var.env
    publicUrl = "https://${var.host}"
    region    = var.region
    image     = { registry = "${var.account}.dkr.ecr.${var.region}.amazonaws.com/ai-film-studio" }
    proxies   = 2 # CloudFront, and the load balancer behind it
    colours   = { for colour, weight in var.weights : colour => { weight = weight } }
    queue     = { url = "https://sqs.${var.region}.amazonaws.com/${var.account}/${local.jobs}" }
    ingress = {
      enabled      = false # the load balancer is made here, and pods are hung into it
      targetGroups = module.edge.target_groups
    }
    network = {
      loadBalancerCidrs = module.network.public_cidrs
      databaseCidrs     = module.network.data_cidrs
    }
    pooler          = { database = { host = module.database.address } }
    serviceAccounts = { roles = module.identity.components }
  })
}

output "roles" {
  description = "For what else runs in the cluster, by its service account: namespace/name."
  value       = module.identity.operators
}

output "cluster" {
  description = "aws eks update-kubeconfig --name …"
  value       = module.cluster.name
}

output "database" {
  description = "Where PostgreSQL is, and the secret in which RDS keeps its owner's password."
  value       = { address = module.database.address, owner_secret = module.database.owner_secret }
}

output "models" {
  description = "The file system of models, for a PersistentVolume: README.md."
  value       = module.storage.models
}

output "frontend" {
  description = "Where the pages are put, and the distribution whose copies are then thrown away."
  value       = { bucket = module.storage.frontend, distribution = module.edge.distribution }
}

output "secrets" {
  description = "The secrets to be filled, by name; Terraform never sees what is in them."
  value       = module.secrets.names
}
