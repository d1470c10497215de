#!/bin/sh
# Makes the secrets of compose.yaml that are not there yet, in deploy/secrets. As root: one belongs to the portal's user.
# Containers see each file with the owner and mode that it has here; the folder keeps everybody else of the host away.
set -eu
cd "$(dirname "$0")/.."
umask 077
mkdir -p secrets
cd secrets
random() { head -c 32 /dev/urandom | base64 | tr -d '/+=\n'; }
for name in executor-key database-password grafana-password; do
  [ -s "$name" ] || random > "$name"
done
[ -s executor-keys ] || { cat executor-key; echo; } > executor-keys
# host:port:database:user:password; no one but its reader may have rights on it.
printf 'database:5432:portal:portal:%s\n' "$(cat database-password)" > database-pgpass
[ -s alerts-url ] || echo "http://127.0.0.1:9/alerts-url-is-not-set" > alerts-url
chmod 444 executor-key executor-keys database-password grafana-password alerts-url
chown 1001:1001 database-pgpass
chmod 400 database-pgpass
echo "deploy/secrets: put the address that alerts go to into alerts-url" >&2
