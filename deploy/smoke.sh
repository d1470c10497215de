#!/bin/sh
# Whether an installation does what it is for: it is ready, it runs a program, it grades one. Ten tries, six seconds apart.
#   deploy/smoke.sh https://learn.example
set -eu
[ $# -eq 1 ] || { sed -n '3p' "$0" >&2; exit 64; }
url=${1%/}
get() { curl --silent --show-error --fail --max-time 20 "$@"; }
run() { get --header 'content-type: application/json' --data "$1" "$url/api/execution/run"; }
try() {
  get "$url/ready" > /dev/null || return 1
  run '{"code": "print(6 * 7)"}' | grep -q '"output":"42"' || return 1
  exercise=$(get "$url/api/exercises" | sed -n 's/^[^[]*\[{"id":"\([^"]*\)".*/\1/p')
  [ -n "$exercise" ] || return 1
  # What is no solution must not pass, and must have been tested.
  run "{\"code\": \"nothing = None\", \"exerciseId\": \"$exercise\", \"runTests\": true}" | grep -q '"testResult":{"passed":false'
}
for _ in 1 2 3 4 5 6 7 8 9 10; do
  if try; then echo "$url: runs and grades"; exit 0; fi
  sleep 6
done
echo "$url: does not run or grade" >&2
exit 1
