#!/bin/sh
# Puts two images into force on a machine where compose.yaml runs, without a request that fails; `back` takes those before.
#   deploy/compose/remote.sh USER@HOST FOLDER EXECUTOR@sha256:… PORTAL@sha256:…
#   deploy/compose/remote.sh USER@HOST FOLDER back
# The machine's own .env holds which they are; .env.before is the one before.
set -eu
case $# in 3) [ "$3" = back ] ;; 4) ;; *) false ;; esac || { sed -n '3,4p' "$0" >&2; exit 64; }
host=$1 folder=$2
shift 2
# The far side's words, not ours: its arguments come after them.
# shellcheck disable=SC2016
exec ssh -i ~/.ssh/id -o BatchMode=yes "$host" sh -seu "$folder" "$@" << 'END'
cd "$1"
touch .env
if [ "$2" = back ]; then
  mv .env.before .env
else
  cp .env .env.before
  { grep -v -e '^EXECUTOR_IMAGE=' -e '^PORTAL_IMAGE=' .env.before || true
    echo "EXECUTOR_IMAGE=$2"; echo "PORTAL_IMAGE=$3"; } > .env
fi
docker compose --profile production pull --quiet executor portal
docker compose --profile production up --detach --no-deps --wait portal
deploy/compose/roll.sh
END
