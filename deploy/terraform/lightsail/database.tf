resource "random_password" "database" {
  length  = 40
  special = false
}

resource "random_id" "snapshot" {
  byte_length = 4
}

data "aws_availability_zones" "here" {
  state = "available"
}

resource "aws_lightsail_database" "this" {
  relational_database_name = "${var.name}-database"
  availability_zone        = data.aws_availability_zones.here.names[0]
  blueprint_id             = var.database_blueprint
  bundle_id                = var.database_bundle

  master_database_name = "portal"
  master_username      = "portal"
  master_password      = random_password.database.result

  # Seven days, to any minute.
  backup_retention_enabled = true
  preferred_backup_window  = "02:00-02:30"
  publicly_accessible      = false
  apply_immediately        = false

  skip_final_snapshot = false
  final_snapshot_name = "${var.name}-final-${random_id.snapshot.hex}"

  lifecycle {
    prevent_destroy = true
  }
}

locals {
  database_url = format(
    "postgres://%s:%s@%s:%s/%s?sslmode=require",
    aws_lightsail_database.this.master_username,
    random_password.database.result,
    aws_lightsail_database.this.master_endpoint_address,
    aws_lightsail_database.this.master_endpoint_port,
    aws_lightsail_database.this.master_database_name,
  )
}
