# Development, as specification 2.4, 4 and 8.1 have it. Account, zone, host and people are examples.
env            = "dev"
account        = "123456789012"
host           = "dev.studio.example.com"
zone_id        = "Z0123456789ABCDEFGHIJ"
mail           = "studio@example.com"
administrators = ["arn:aws:iam::123456789012:role/studio-operators"]

one_nat  = true
general  = { types = ["m6i.2xlarge", "m5.2xlarge"], min = 1, max = 4 }
gpu      = { types = ["g4dn.xlarge", "g5.xlarge"], min = 0, max = 5 }
database = { type = "db.t3.medium", multi_az = false, protected = false }
budget   = 335
