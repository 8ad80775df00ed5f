output "vpc_id" { value = aws_vpc.this.id }

output "public_subnets" { value = [for zone in local.zones : aws_subnet.public[zone].id] }

output "private_subnets" { value = [for zone in local.zones : aws_subnet.private[zone].id] }

output "data_subnets" { value = [for zone in local.zones : aws_subnet.data[zone].id] }

output "public_cidrs" { value = [for zone in local.zones : local.subnets.public[zone]] }

output "data_cidrs" { value = [for zone in local.zones : local.subnets.data[zone]] }
