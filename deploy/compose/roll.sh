#!/bin/sh
# Replaces every executor by one of the image that is current now, without a request that fails: new ones first, then the
# old ones are told to stop, end what they run, and go. The balancer finds the new ones and leaves the old ones out by itself.
#   EXECUTOR_IMAGE=… deploy/compose/roll.sh [OPTIONS OF docker compose, such as --file …]
set -eu
cd "$(dirname "$0")/../.."
executors() { docker compose "$@" --profile production ps --quiet executor; }
old=$(executors "$@")
count=$(echo "$old" | wc -w)
[ "$count" -gt 0 ] || { echo "roll.sh: no executor runs; start them first" >&2; exit 1; }
docker compose "$@" --profile production up --detach --no-deps --no-recreate --scale executor="$((2 * count))" executor
new=$(executors "$@" | while read -r id; do case "$old" in *"$id"*) ;; *) echo "$id" ;; esac; done)

# No old one goes before every new one runs programs; if one does not, the new ones go.
for id in $new; do
  tries=60
  until [ "$(docker inspect --format '{{.State.Health.Status}}' "$id")" = healthy ]; do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ]; then
      docker logs --tail 20 "$id" >&2
      echo "roll.sh: $id is not healthy; the old executors stay" >&2
      for each in $new; do docker rm --force "$each" > /dev/null; done
      exit 1
    fi
    sleep 1
  done
done
# The balancer asks the resolver each second.
sleep 3
for id in $old; do
  docker stop --time 30 "$id" > /dev/null
  docker rm "$id" > /dev/null
done
docker compose "$@" --profile production ps executor
