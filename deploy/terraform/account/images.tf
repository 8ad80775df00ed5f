# Where images lie, for all installations of the account. A tag is a version and is never used twice.

locals {
  images = ["api", "cpu", "gpu"]
}

resource "aws_ecr_repository" "this" {
  for_each             = toset(local.images)
  name                 = "ai-film-studio/${each.value}"
  image_tag_mutability = "IMMUTABLE"

  encryption_configuration {
    encryption_type = "KMS"
  }

  image_scanning_configuration {
    scan_on_push = true
  }
}

# What a push left without a tag goes; versions stay, since films may be on them.
resource "aws_ecr_lifecycle_policy" "this" {
  for_each   = aws_ecr_repository.this
  repository = each.value.name

  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Without a tag, after a week"
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 7 }
      action       = { type = "expire" }
    }]
  })
}
