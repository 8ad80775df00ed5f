output "balancer" { value = aws_security_group.this["balancer"].id }

output "backend" { value = aws_security_group.this["backend"].id }

output "worker" { value = aws_security_group.this["worker"].id }

output "database" { value = aws_security_group.this["database"].id }

output "models" { value = aws_security_group.this["models"].id }

output "control" { value = aws_security_group.this["control"].id }
