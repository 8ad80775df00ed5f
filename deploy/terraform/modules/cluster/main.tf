# Kubernetes, as EKS runs it: its API server, who administers it, and what it brings along.

resource "aws_kms_key" "secrets" {
  description             = "Kubernetes' secrets of ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

# Made here so that it does not keep logs for ever, as the one that EKS would make.
resource "aws_cloudwatch_log_group" "control" {
  name              = "/aws/eks/${var.name}/cluster"
  retention_in_days = 90
}

resource "aws_iam_role" "control" {
  name = "${var.name}-control"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "eks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "control" {
  role       = aws_iam_role.control.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
}

resource "aws_eks_cluster" "this" {
  name                      = var.name
  version                   = var.kubernetes
  role_arn                  = aws_iam_role.control.arn
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  vpc_config {
    subnet_ids              = var.subnets
    security_group_ids      = [var.control_group]
    endpoint_private_access = true
    endpoint_public_access  = length(var.operators) > 0
    public_access_cidrs     = length(var.operators) > 0 ? var.operators : null
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.secrets.arn
    }
  }

  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }

  depends_on = [aws_iam_role_policy_attachment.control, aws_cloudwatch_log_group.control]
}

resource "aws_eks_access_entry" "administrators" {
  for_each      = toset(var.administrators)
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = each.value
}

resource "aws_eks_access_policy_association" "administrators" {
  for_each      = toset(var.administrators)
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = each.value
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }

  depends_on = [aws_eks_access_entry.administrators]
}

# By which IAM believes the cluster's tokens: service accounts take roles.
resource "aws_iam_openid_connect_provider" "this" {
  url            = aws_eks_cluster.this.identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  issuer = trimprefix(aws_eks_cluster.this.identity[0].oidc[0].issuer, "https://")

  # What the cluster brings along. Pods' network policies are vpc-cni's; models lie on EFS; the last one brings figures of
  # machines and GPUs to CloudWatch.
  addons = {
    vpc-cni = {
      settings = { enableNetworkPolicy = "true" }
      account  = "kube-system/aws-node"
      policies = ["arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"]
    }
    aws-efs-csi-driver = {
      settings = {}
      account  = "kube-system/efs-csi-controller-sa"
      policies = ["arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy"]
    }
    amazon-cloudwatch-observability = {
      settings = {}
      account  = "amazon-cloudwatch/cloudwatch-agent"
      policies = ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"]
    }
    coredns        = { settings = {}, account = null, policies = [] }
    kube-proxy     = { settings = {}, account = null, policies = [] }
    metrics-server = { settings = {}, account = null, policies = [] }
  }

  # Before there are machines; the others need some to run on.
  first = ["vpc-cni", "kube-proxy"]
}

module "addon_role" {
  source       = "../service_role"
  for_each     = { for name, addon in local.addons : name => addon if addon.account != null }
  name         = "${var.name}-${each.key}"
  issuer       = local.issuer
  provider_arn = aws_iam_openid_connect_provider.this.arn
  account      = each.value.account
  managed      = each.value.policies
}

resource "aws_eks_addon" "first" {
  for_each                    = toset(local.first)
  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.value
  configuration_values        = length(local.addons[each.value].settings) > 0 ? jsonencode(local.addons[each.value].settings) : null
  service_account_role_arn    = local.addons[each.value].account == null ? null : module.addon_role[each.value].arn
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
}

resource "aws_eks_addon" "further" {
  for_each                    = toset([for name, addon in local.addons : name if !contains(local.first, name)])
  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.value
  service_account_role_arn    = local.addons[each.value].account == null ? null : module.addon_role[each.value].arn
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
  depends_on                  = [aws_eks_node_group.this]
}
