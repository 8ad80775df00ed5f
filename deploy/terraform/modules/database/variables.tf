variable "name" { type = string }

variable "subnets" {
  description = "Of data: no way leads out of them."
  type        = list(string)
}

variable "group" { type = string }

variable "type" {
  description = "Of the machine, such as db.r6g.xlarge."
  type        = string
}

variable "multi_az" {
  description = "Whether a second one stands by in the other zone."
  type        = bool
}

variable "protected" {
  description = "Whether it refuses to be deleted."
  type        = bool
}
