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
# For deploy/compose/jobs.yaml: who may ask the servers that keep jobs, and what callbacks are signed with.
[ -s nats-password ] || random > nats-password
printf 'authorization { users: [{ user: executor, password: "%s" }] }\n' "$(cat nats-password)" > nats-users
printf 'nats://executor:%s@nats1:4222,nats2:4222,nats3:4222\n' "$(cat nats-password)" > jobs-url
[ -s callback-secret ] || printf 'whsec_%s\n' "$(head -c 32 /dev/urandom | base64)" > callback-secret
[ -s alerts-url ] || echo "http://127.0.0.1:9/alerts-url-is-not-set" > alerts-url
chmod 444 executor-key executor-keys database-password grafana-password alerts-url
chown 1001:1001 database-pgpass jobs-url callback-secret
chown 1002:1002 nats-users
chmod 400 database-pgpass jobs-url callback-secret nats-users nats-password
echo "deploy/secrets: put the address that alerts go to into alerts-url" >&2
