# Machines, in three groups: general ones; those with a GPU, on spot; and on-demand ones that stand in where there is no
# spot. The chart's pods prefer spot; the cluster's autoscaler starts what they wait for, and ends what nobody uses.

locals {
  groups = {
    general = {
      capacity = "ON_DEMAND"
      image    = "AL2023_x86_64_STANDARD"
      types    = var.general.types
      min      = var.general.min
      max      = var.general.max
      gpu      = false
    }
    gpu-spot = {
      capacity = "SPOT"
      image    = "AL2023_x86_64_NVIDIA"
      types    = var.gpu.types
      min      = var.gpu.min
      max      = var.gpu.max
      gpu      = true
    }
    gpu-on-demand = {
      capacity = "ON_DEMAND"
      image    = "AL2023_x86_64_NVIDIA"
      types    = var.gpu.types
      min      = 0
      max      = var.gpu.max
      gpu      = true
    }
  }
}

resource "aws_iam_role" "machine" {
  name = "${var.name}-machine"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# No right to the store, to queues or to secrets: pods have roles of their own.
resource "aws_iam_role_policy_attachment" "machine" {
  for_each   = toset(["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"])
  role       = aws_iam_role.machine.name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}

resource "aws_launch_template" "this" {
  for_each               = local.groups
  name                   = "${var.name}-${each.key}"
  update_default_version = true
  vpc_security_group_ids = [each.value.gpu ? var.worker_group : var.backend_group]

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    # GPU workers poll for the notice of a spot machine's end, one hop away.
    http_put_response_hop_limit = each.value.gpu ? 2 : 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = 100
      encrypted             = true
      delete_on_termination = true
    }
  }

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "${var.name}-${each.key}" }
  }
}

resource "aws_eks_node_group" "this" {
  for_each        = local.groups
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "${var.name}-${each.key}"
  node_role_arn   = aws_iam_role.machine.arn
  subnet_ids      = var.subnets
  capacity_type   = each.value.capacity
  ami_type        = each.value.image
  instance_types  = each.value.types

  scaling_config {
    min_size     = each.value.min
    max_size     = each.value.max
    desired_size = each.value.min
  }

  update_config {
    max_unavailable = 1
  }

  launch_template {
    id      = aws_launch_template.this[each.key].id
    version = aws_launch_template.this[each.key].latest_version
  }

  # Nothing comes here but what asks for a GPU.
  dynamic "taint" {
    for_each = each.value.gpu ? ["nvidia.com/gpu"] : []

    content {
      key    = taint.value
      value  = "present"
      effect = "NO_SCHEDULE"
    }
  }

  lifecycle {
    ignore_changes = [scaling_config[0].desired_size] # the autoscaler's
  }

  depends_on = [aws_iam_role_policy_attachment.machine, aws_eks_addon.first]
}
