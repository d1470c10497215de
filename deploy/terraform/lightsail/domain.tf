resource "aws_lightsail_certificate" "this" {
  count       = var.domain == "" ? 0 : 1
  name        = "${var.name}-certificate"
  domain_name = var.domain
}

resource "aws_lightsail_domain" "this" {
  count       = var.zone == "" ? 0 : 1
  provider    = aws.global
  domain_name = var.zone
}

# Proves that the domain is ours.
resource "aws_lightsail_domain_entry" "validation" {
  count       = var.zone == "" || var.domain == "" ? 0 : 1
  provider    = aws.global
  domain_name = aws_lightsail_domain.this[0].domain_name
  name        = trimsuffix(trimsuffix(local.validation.resource_record_name, "."), ".${var.zone}")
  type        = local.validation.resource_record_type
  target      = local.validation.resource_record_value
}

resource "aws_lightsail_domain_entry" "page" {
  count       = var.zone == "" || var.domain == "" ? 0 : 1
  provider    = aws.global
  domain_name = aws_lightsail_domain.this[0].domain_name
  name        = var.domain == var.zone ? "" : trimsuffix(var.domain, ".${var.zone}")
  type        = "A"
  is_alias    = true
  target      = local.host
}

locals {
  validation = one(flatten([for each in aws_lightsail_certificate.this : tolist(each.domain_validation_options)]))
  host       = trimsuffix(trimprefix(aws_lightsail_container_service.this.url, "https://"), "/")
  page       = var.domain == "" ? local.host : var.domain
}
