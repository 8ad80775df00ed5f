# Models that paint and move: many machines read them, `studio models pull` writes them.

resource "aws_efs_file_system" "models" {
  creation_token  = "${var.name}-models"
  encrypted       = true
  throughput_mode = "elastic"
  tags            = { Name = "${var.name}-models" }
}

resource "aws_efs_mount_target" "models" {
  count           = length(var.subnets)
  file_system_id  = aws_efs_file_system.models.id
  subnet_id       = var.subnets[count.index]
  security_groups = [var.group]
}
