# terraform test -var-file=values/dev.tfvars, and the same with prod: what is planned, with AWS played by Terraform itself.
# What is asked of every resource, tests/deploy/terraform asks of the plan as a whole.

variables {
  edge_key = "0123456789abcdef0123456789abcdef"
}

mock_provider "aws" {
  override_during = plan

  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
      domain_validation_options = [{
        domain_name           = "studio.example.com"
        resource_record_name  = "_proof.studio.example.com"
        resource_record_type  = "CNAME"
        resource_record_value = "_proof.acm-validations.aws"
      }]
    }
  }

  mock_resource "aws_acm_certificate_validation" {
    defaults = { certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555" }
  }

  mock_resource "aws_cloudfront_distribution" {
    defaults = {
      arn            = "arn:aws:cloudfront::123456789012:distribution/E1234567890ABC"
      id             = "E1234567890ABC"
      domain_name    = "d111111abcdef8.cloudfront.net"
      hosted_zone_id = "Z2FDTNDATAQYW2"
    }
  }

  mock_resource "aws_cloudfront_function" {
    defaults = { arn = "arn:aws:cloudfront::123456789012:function/rewrite" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:some" }
  }

  mock_resource "aws_eks_cluster" {
    defaults = {
      arn      = "arn:aws:eks:us-east-1:123456789012:cluster/some"
      identity = [{ oidc = [{ issuer = "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF" }] }]
    }
  }

  mock_resource "aws_eks_node_group" {
    defaults = { resources = [{ autoscaling_groups = [{ name = "eks-some-group" }], remote_access_security_group_id = "" }] }
  }

  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/some" }
  }

  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555" }
  }

  mock_resource "aws_launch_template" {
    defaults = { id = "lt-0123456789abcdef0", latest_version = 1 }
  }

  mock_resource "aws_lb" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/some/0123456789abcdef"
      arn_suffix = "app/some/0123456789abcdef"
      dns_name   = "some-1234567890.us-east-1.elb.amazonaws.com"
    }
  }

  mock_resource "aws_lb_listener" {
    defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/some/0123456789abcdef/0123456789abcdef" }
  }

  mock_resource "aws_lb_target_group" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/some/0123456789abcdef"
      arn_suffix = "targetgroup/some/0123456789abcdef"
    }
  }

  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:123456789012:some" }
  }

  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:us-east-1:123456789012:some", url = "https://sqs.us-east-1.amazonaws.com/123456789012/some" }
  }

  mock_resource "aws_db_instance" {
    defaults = { master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds-some", secret_status = "active", kms_key_id = "" }] }
  }
}

run "whole" {
  command = plan

  assert {
    condition     = yamldecode(output.helm_values).env == var.env
    error_message = "The chart is told another name."
  }

  assert {
    condition     = yamldecode(output.helm_values).publicUrl == "https://${var.host}"
    error_message = "The chart is told another address."
  }

  assert {
    condition     = toset(keys(yamldecode(output.helm_values).serviceAccounts.roles)) == toset(["api", "relay", "cpu", "gpu"])
    error_message = "Each component of the chart has a role."
  }

  assert {
    condition     = module.network.public_cidrs == ["10.0.1.0/24", "10.0.2.0/24"] && module.network.data_cidrs == ["10.0.20.0/24", "10.0.21.0/24"]
    error_message = "Subnets are those of specification 3.1, which the chart's network policies name."
  }

  assert {
    condition     = yamldecode(output.helm_values).colours == { for colour, weight in var.weights : colour => { weight = weight } }
    error_message = "The chart is told other weights than the load balancer."
  }
}
