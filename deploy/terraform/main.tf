# One installation. Read in this order: what it is called, where it lies, who may speak with whom, what it stands on,
# what runs, who may do what, how people reach it, who watches.

locals {
  name = "studio-${var.env}"

  # By contract (design.md 4, infrastructure/settings.py): processes build the same names out of STUDIO_ENV.
  assets      = "ai-film-studio-assets-${var.env}"
  frontend    = "ai-film-studio-frontend-${var.env}"
  logs        = "ai-film-studio-logs-${var.env}"
  jobs        = "ai-film-studio-jobs-${var.env}"
  motion      = "ai-film-studio-jobs-motion-${var.env}"
  dead        = "ai-film-studio-jobs-dlq-${var.env}"
  secret_path = "ai-film-studio/${var.env}"
}

module "network" {
  source  = "./modules/network"
  name    = local.name
  region  = var.region
  one_nat = var.one_nat
}

module "security" {
  source = "./modules/security"
  name   = local.name
  vpc_id = module.network.vpc_id
}

module "storage" {
  source   = "./modules/storage"
  name     = local.name
  account  = var.account
  assets   = local.assets
  frontend = local.frontend
  logs     = local.logs
  origin   = "https://${var.host}"
  subnets  = module.network.private_subnets
  group    = module.security.models
}

module "queues" {
  source = "./modules/queues"
  jobs   = { keyframes = local.jobs, motion = local.motion }
  dead   = local.dead
}

module "database" {
  source    = "./modules/database"
  name      = local.name
  subnets   = module.network.data_subnets
  group     = module.security.database
  type      = var.database.type
  multi_az  = var.database.multi_az
  protected = var.database.protected
}

module "secrets" {
  source = "./modules/secrets"
  path   = local.secret_path
}

module "cluster" {
  source         = "./modules/cluster"
  name           = local.name
  kubernetes     = var.kubernetes
  subnets        = module.network.private_subnets
  control_group  = module.security.control
  backend_group  = module.security.backend
  worker_group   = module.security.worker
  operators      = var.operators
  administrators = var.administrators
  general        = var.general
  gpu            = var.gpu
}

module "edge" {
  source          = "./modules/edge"
  name            = local.name
  host            = var.host
  zone_id         = var.zone_id
  vpc_id          = module.network.vpc_id
  subnets         = module.network.public_subnets
  group           = module.security.balancer
  weights         = var.weights
  edge_key        = var.edge_key
  frontend        = module.storage.frontend
  frontend_domain = module.storage.frontend_domain
  assets_origin   = "https://${local.assets}.s3.${var.region}.amazonaws.com"
  logs            = module.storage.logs
}

module "identity" {
  source         = "./modules/identity"
  name           = local.name
  account        = var.account
  region         = var.region
  namespace      = var.namespace
  release        = var.release
  issuer         = module.cluster.issuer
  provider_arn   = module.cluster.provider_arn
  assets         = local.assets
  jobs           = { keyframes = local.jobs, motion = local.motion }
  dead           = local.dead
  secret_names   = module.secrets.names
  target_groups  = module.edge.target_groups
  cluster        = module.cluster.name
  scaling_groups = module.cluster.scaling_groups
}

module "watching" {
  source         = "./modules/watching"
  name           = local.name
  env            = var.env
  region         = var.region
  mail           = var.mail
  budget         = var.budget
  balancer       = module.edge.balancer_metric
  target_groups  = module.edge.target_group_metrics
  database       = module.database.identifier
  jobs           = { keyframes = local.jobs, motion = local.motion }
  dead           = local.dead
  assets         = local.assets
  cluster        = module.cluster.name
  scaling_groups = module.cluster.scaling_groups
}
