# A node has a portal and an executor, which speak over loopback: the executor is open to nobody else.
resource "aws_lightsail_container_service" "this" {
  name  = var.name
  power = var.power
  scale = var.nodes

  dynamic "public_domain_names" {
    for_each = aws_lightsail_certificate.this
    content {
      certificate {
        certificate_name = public_domain_names.value.name
        domain_names     = [var.domain]
      }
    }
  }
}

resource "aws_lightsail_container_service_deployment_version" "this" {
  service_name = aws_lightsail_container_service.this.name

  container {
    container_name = "portal"
    image          = var.portal_image
    environment = {
      DATABASE_URL         = local.database_url
      EXECUTOR_SERVICE_URL = "http://localhost:3001"
      TRUST_PROXY          = "true"
    }
    ports = {
      3000 = "HTTP"
    }
  }

  container {
    container_name = "executor"
    image          = var.executor_image
    environment = {
      HOST          = "127.0.0.1"
      POOL_CAPACITY = tostring(var.pool_capacity)
      # Lightsail takes no filter of system calls of ours. What cannot be had stops the start, and the deployment with it.
      ISOLATION = "landlock"
    }
  }

  public_endpoint {
    container_name = "portal"
    container_port = 3000

    # Not ready without database or executor: a deployment that lacks them never takes the place of one that works.
    health_check {
      path                = "/ready"
      success_codes       = "200"
      interval_seconds    = 10
      timeout_seconds     = 5
      healthy_threshold   = 2
      unhealthy_threshold = 3
    }
  }
}
