# CloudFront: pages from the private bucket, everything of the API from the load balancer, on one origin, so that cookies
# reach both and nothing is shared between sites.

locals {
  pages_origin = "pages"
  api_origin   = "api"

  # The pages that there are: their sources name them. `(studio)` groups files and is in no address.
  sources = "${path.module}/../../../../frontend/src/app"
  pages   = sort([for file in fileset(local.sources, "**/page.tsx") : "/${trimsuffix(replace(trimsuffix(file, "page.tsx"), "/\\([a-z]+\\)//", ""), "/")}"])

  rewrite = replace(file("${path.module}/rewrite.js"), "[\"PAGES\"]", jsonencode(local.pages))
}

resource "aws_cloudfront_origin_access_control" "pages" {
  name                              = "${var.name}-pages"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_function" "rewrite" {
  name    = "${var.name}-rewrite"
  comment = "Addresses of pages into names of their files"
  runtime = "cloudfront-js-2.0"
  publish = true
  code    = local.rewrite
}

# What the files say themselves: names with a digest for a year, others are asked for again (README.md).
resource "aws_cloudfront_cache_policy" "pages" {
  name        = "${var.name}-pages"
  min_ttl     = 0
  default_ttl = 0
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_gzip   = true
    enable_accept_encoding_brotli = true

    cookies_config {
      cookie_behavior = "none"
    }

    headers_config {
      header_behavior = "none"
    }

    query_strings_config {
      query_string_behavior = "none"
    }
  }
}

resource "aws_cloudfront_response_headers_policy" "pages" {
  name = "${var.name}-pages"

  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 31536000
      include_subdomains         = true
      override                   = true
    }

    content_type_options {
      override = true
    }

    frame_options {
      frame_option = "DENY"
      override     = true
    }

    referrer_policy {
      referrer_policy = "same-origin"
      override        = true
    }

    # As api/pages.py says it, but for the digests of a page's own scripts, which one header for all pages cannot name.
    content_security_policy {
      override = true

      content_security_policy = join("; ", [
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: ${var.assets_origin}",
        "media-src 'self' blob: ${var.assets_origin}",
        "connect-src 'self' ${var.assets_origin}",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ])
    }
  }
}

resource "aws_cloudfront_distribution" "this" {
  comment             = var.name
  enabled             = true
  is_ipv6_enabled     = true
  default_root_object = "index.html"
  http_version        = "http2and3"
  price_class         = "PriceClass_100"
  aliases             = [var.host]

  origin {
    origin_id                = local.pages_origin
    domain_name              = var.frontend_domain
    origin_access_control_id = aws_cloudfront_origin_access_control.pages.id
  }

  origin {
    origin_id   = local.api_origin
    domain_name = aws_lb.this.dns_name

    custom_header {
      name  = local.edge_header
      value = var.edge_key
    }

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]

      # Between two words of a stream of events lie 15 seconds.
      origin_read_timeout      = 60
      origin_keepalive_timeout = 60
    }
  }

  default_cache_behavior {
    target_origin_id           = local.pages_origin
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = aws_cloudfront_cache_policy.pages.id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.pages.id

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.rewrite.arn
    }
  }

  # Nothing of the API is kept, everything is handed on, the host and cookies too; it answers for its own headers.
  dynamic "ordered_cache_behavior" {
    for_each = local.api

    content {
      path_pattern             = ordered_cache_behavior.value
      target_origin_id         = local.api_origin
      viewer_protocol_policy   = "https-only"
      allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
      cached_methods           = ["GET", "HEAD"]
      compress                 = false                                  # a stream of events is not held back to be packed
      cache_policy_id          = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" # AWS's own: CachingDisabled
      origin_request_policy_id = "216adef6-5c7f-47e4-b989-5492eafa07d3" # AWS's own: AllViewer
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate_validation.this.certificate_arn
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }
}

# The CDN alone reads pages. With ListBucket it is told 404 of what is not there, and not 403.
resource "aws_s3_bucket_policy" "pages" {
  bucket = var.frontend

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TheCdnReads"
        Effect    = "Allow"
        Principal = { Service = "cloudfront.amazonaws.com" }
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::${var.frontend}/*"
        Condition = { StringEquals = { "AWS:SourceArn" = aws_cloudfront_distribution.this.arn } }
      },
      {
        Sid       = "TheCdnIsToldWhatIsNotThere"
        Effect    = "Allow"
        Principal = { Service = "cloudfront.amazonaws.com" }
        Action    = "s3:ListBucket"
        Resource  = "arn:aws:s3:::${var.frontend}"
        Condition = { StringEquals = { "AWS:SourceArn" = aws_cloudfront_distribution.this.arn } }
      },
      {
        Sid       = "NothingUnencrypted"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::${var.frontend}", "arn:aws:s3:::${var.frontend}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}
