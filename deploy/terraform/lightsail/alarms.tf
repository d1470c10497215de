# Asked from outside, from several continents: the page, its database and an executor, or somebody is told.
resource "aws_route53_health_check" "page" {
  provider          = aws.global
  type              = "HTTPS"
  fqdn              = local.page
  port              = 443
  resource_path     = "/ready"
  request_interval  = 30
  failure_threshold = 3
  measure_latency   = true
}

resource "aws_sns_topic" "alarms" {
  provider = aws.global
  name     = "${var.name}-alarms"
}

resource "aws_sns_topic_subscription" "email" {
  count     = var.alarm_email == "" ? 0 : 1
  provider  = aws.global
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

resource "aws_cloudwatch_metric_alarm" "away" {
  provider            = aws.global
  alarm_name          = "${var.name}-away"
  alarm_description   = "The page does not answer /ready: docs/operations.md"
  namespace           = "AWS/Route53"
  metric_name         = "HealthCheckStatus"
  dimensions          = { HealthCheckId = aws_route53_health_check.page.id }
  statistic           = "Minimum"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 60
  evaluation_periods  = 2
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "slow" {
  provider            = aws.global
  alarm_name          = "${var.name}-slow"
  alarm_description   = "The page takes more than two seconds to its first byte: docs/operations.md"
  namespace           = "AWS/Route53"
  metric_name         = "TimeToFirstByte"
  dimensions          = { HealthCheckId = aws_route53_health_check.page.id, Region = "eu-west-1" }
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 2000
  period              = 300
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
