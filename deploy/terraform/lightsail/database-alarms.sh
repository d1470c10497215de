#!/bin/sh
# Alarms on the database: Lightsail's own, which Terraform's provider does not know. After `terraform apply`:
#   deploy/terraform/lightsail/database-alarms.sh NAME-database REGION MAIL@EXAMPLE.ORG
set -eu
[ $# -eq 3 ] || { sed -n '2,3p' "$0" >&2; exit 64; }
database=$1 region=$2 mail=$3
aws() { command aws --region "$region" lightsail "$@"; }
aws create-contact-method --protocol Email --contact-endpoint "$mail" || true # there already
alarm() {
  aws put-alarm --monitored-resource-name "$database" --alarm-name "$database-$1" --metric-name "$2" \
    --comparison-operator "$3" --threshold "$4" --evaluation-periods 3 --datapoints-to-alarm 3 \
    --contact-protocols Email --notification-triggers ALARM OK --notification-enabled
}
alarm busy CPUUtilization GreaterThanThreshold 80
alarm queue DiskQueueDepth GreaterThanThreshold 10
alarm connections DatabaseConnections GreaterThanThreshold 60
# Two gigabytes, in bytes.
alarm space FreeStorageSpace LessThanThreshold 2000000000
