# Who may speak with whom: specification 3.2, and what Temporal and Kubernetes need besides.
#
#   balancer   the load balancer
#   backend    machines of API, relay, CPU workers, Temporal and the cluster's own parts
#   worker     machines with a GPU
#   database   PostgreSQL
#   models     the file system that models lie on
#   control    Kubernetes' API server
#
# A rule is a row: whose group, with whom, which ports. Between pods, the chart's network policies sieve finer.

locals {
  groups = {
    balancer = "Load balancer: HTTPS from everybody"
    backend  = "Machines of API, relay, CPU workers and Temporal"
    worker   = "Machines with a GPU: Kubernetes and Prometheus reach them"
    database = "PostgreSQL: from our machines alone"
    models   = "Models: from our machines alone"
    control  = "The API server of Kubernetes"
  }

  # To whom, from whom, from which port, to which port, protocol, why.
  between = {
    api              = ["backend", "balancer", 8000, 8000, "tcp", "The API"]
    temporal         = ["backend", "worker", 7233, 7233, "tcp", "Temporal: GPU workers ask for work"]
    names            = ["backend", "worker", 53, 53, "udp", "Names, of the cluster"]
    names-tcp        = ["backend", "worker", 53, 53, "tcp", "Names, of the cluster"]
    backend          = ["backend", "backend", 0, 65535, "tcp", "Pods among themselves: Temporal, whose parts find each other, and 7233"]
    backend-names    = ["backend", "backend", 53, 53, "udp", "Names, of the cluster"]
    backend-database = ["database", "backend", 5432, 5432, "tcp", "PostgreSQL"]
    worker-database  = ["database", "worker", 5432, 5432, "tcp", "PostgreSQL"]
    backend-models   = ["models", "backend", 2049, 2049, "tcp", "NFS"]
    worker-models    = ["models", "worker", 2049, 2049, "tcp", "NFS"]
    backend-control  = ["control", "backend", 443, 443, "tcp", "The API server of Kubernetes"]
    worker-control   = ["control", "worker", 443, 443, "tcp", "The API server of Kubernetes"]
    backend-kubelet  = ["backend", "control", 10250, 10250, "tcp", "Logs and shells of pods"]
    worker-kubelet   = ["worker", "control", 10250, 10250, "tcp", "Logs and shells of pods"]
    worker-measured  = ["worker", "backend", 10250, 10250, "tcp", "Metrics of pods"]
    worker-figures   = ["worker", "backend", 8001, 8001, "tcp", "Figures of GPU workers, for Prometheus"]
    hooks-metrics    = ["backend", "control", 6443, 6443, "tcp", "What KEDA measures"]
    hooks-server     = ["backend", "control", 10251, 10251, "tcp", "What metrics-server measures"]
    hooks-balancer   = ["backend", "control", 9443, 9443, "tcp", "Admission: load balancer controller, KEDA"]
  }

  # To everybody: whose, which port, why.
  outwards = {
    backend-https = ["backend", 443, "Store, queues, secrets, images, payments, whoever people sign in with"]
    worker-https  = ["worker", 443, "Store, queues, images"]
    mail          = ["backend", 587, "Letters"]
    mail-tls      = ["backend", 465, "Letters"]
  }
}

resource "aws_security_group" "this" {
  for_each    = local.groups
  name        = "${var.name}-${each.key}"
  description = each.value
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-${each.key}" }

  lifecycle {
    create_before_destroy = true
  }
}

# The only two ways in from outside.
resource "aws_vpc_security_group_ingress_rule" "public" {
  for_each          = { https = [443, "HTTPS"], http = [80, "Answered with the way to HTTPS"] }
  security_group_id = aws_security_group.this["balancer"].id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value[0]
  to_port           = each.value[0]
  description       = each.value[1]
}

resource "aws_vpc_security_group_ingress_rule" "between" {
  for_each                     = local.between
  security_group_id            = aws_security_group.this[each.value[0]].id
  referenced_security_group_id = aws_security_group.this[each.value[1]].id
  from_port                    = each.value[2]
  to_port                      = each.value[3]
  ip_protocol                  = each.value[4]
  description                  = each.value[5]
}

resource "aws_vpc_security_group_egress_rule" "between" {
  for_each                     = local.between
  security_group_id            = aws_security_group.this[each.value[1]].id
  referenced_security_group_id = aws_security_group.this[each.value[0]].id
  from_port                    = each.value[2]
  to_port                      = each.value[3]
  ip_protocol                  = each.value[4]
  description                  = each.value[5]
}

resource "aws_vpc_security_group_egress_rule" "outwards" {
  for_each          = local.outwards
  security_group_id = aws_security_group.this[each.value[0]].id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value[1]
  to_port           = each.value[1]
  description       = each.value[2]
}
