output "url" {
  description = "Where learners find the page."
  value       = "https://${local.page}/"
}

output "service_host" {
  description = "Lightsail's own address: what your domain's CNAME names where `zone` is empty."
  value       = local.host
}

output "certificate_validation" {
  description = "The record that proves the domain to be yours, to be set by hand where `zone` is empty."
  value       = local.validation
}

output "zone" {
  description = "The domain whose names Lightsail serves; its registrar has to name the name servers that the console lists for it."
  value       = one(aws_lightsail_domain.this[*].arn)
}

output "database_endpoint" {
  description = "Address and port of the database, reached from Lightsail alone."
  value       = "${aws_lightsail_database.this.master_endpoint_address}:${aws_lightsail_database.this.master_endpoint_port}"
}

output "database_password" {
  description = "For pg_dump and pg_restore."
  value       = random_password.database.result
  sensitive   = true
}

output "alarm_topic" {
  description = "Topic of the alarms, for further subscribers."
  value       = aws_sns_topic.alarms.arn
}

output "deployment" {
  description = "Number of the deployment that is in force; what a roll-back names."
  value       = aws_lightsail_container_service_deployment_version.this.version
}
