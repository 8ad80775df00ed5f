# Production, as specification 2.4, 4 and 8.1 have it. Account, zone, host and people are examples.
env            = "prod"
account        = "123456789012"
host           = "studio.example.com"
zone_id        = "Z0123456789ABCDEFGHIJ"
mail           = "studio@example.com"
administrators = ["arn:aws:iam::123456789012:role/studio-operators"]

one_nat  = false
general  = { types = ["m6i.2xlarge", "m5.2xlarge"], min = 2, max = 20 }
gpu      = { types = ["g4dn.xlarge", "g5.xlarge"], min = 1, max = 20 }
database = { type = "db.r6g.xlarge", multi_az = true, protected = true }
budget   = 2650
