# What runs in the cluster besides the chart's pods. Reads that AWS grants for everything or not at all stand alone, so
# that a `*` is seen to be for reading.

locals {
  operators = {
    # Counts tickets.
    "keda/keda-operator" = [{
      Sid      = "Depth"
      Action   = ["sqs:GetQueueAttributes"]
      Resource = local.jobs
    }]

    # Makes the chart's Secrets of what lies in Secrets Manager; our processes read their environment alone. AWS adds a
    # dash and six letters to a secret's name.
    "external-secrets/external-secrets" = [{
      Sid      = "Secrets"
      Action   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
      Resource = [for name in values(var.secret_names) : "arn:aws:secretsmanager:${var.region}:${var.account}:secret:${name}-??????"]
    }]

    # Hangs the API's pods into the load balancer's target groups; makes no load balancer.
    "kube-system/aws-load-balancer-controller" = [
      {
        Sid      = "Targets"
        Action   = ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"]
        Resource = values(var.target_groups)
      },
      {
        Sid = "Reads"
        Action = [
          "ec2:DescribeAvailabilityZones", "ec2:DescribeInstances", "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs",
          "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth",
        ]
        Resource = "*"
      },
    ]

    # Starts and ends machines of our groups.
    "kube-system/cluster-autoscaler" = [
      {
        Sid      = "Machines"
        Action   = ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"]
        Resource = [for name in values(var.scaling_groups) : "arn:aws:autoscaling:${var.region}:${var.account}:autoScalingGroup:*:autoScalingGroupName/${name}"]
      },
      {
        Sid      = "Groups"
        Action   = ["eks:DescribeNodegroup"]
        Resource = ["arn:aws:eks:${var.region}:${var.account}:nodegroup/${var.cluster}/*"]
      },
      {
        Sid = "Reads"
        Action = [
          "autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeAutoScalingInstances",
          "autoscaling:DescribeLaunchConfigurations", "autoscaling:DescribeScalingActivities", "autoscaling:DescribeTags",
          "ec2:DescribeImages", "ec2:DescribeInstanceTypes", "ec2:DescribeLaunchTemplateVersions",
        ]
        Resource = "*"
      },
    ]
  }
}

module "operator" {
  source       = "../service_role"
  for_each     = local.operators
  name         = "${var.name}-${split("/", each.key)[1]}"
  issuer       = var.issuer
  provider_arn = var.provider_arn
  account      = each.key
  statements   = each.value
}
