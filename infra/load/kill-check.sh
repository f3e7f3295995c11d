#!/usr/bin/env bash
# Kills the server with -9 repeatedly during a replay of real conversations. Passes only if every acknowledged message is
# in the history exactly once at the end.
#
#   infra/load/kill-check.sh chat.log.gz [kills=10] [seconds of messages before each=10] [more replay options …]
#
# Needs the two jars of `mvn package`; keeps nothing.
set -euo pipefail
input=$1 kills=${2:-10} pause=${3:-10}
shift $(($# < 3 ? $# : 3))
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
port=${PARLEY_PORT:-18080}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

start() {
  "$java" -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED -jar "$root/infra/app/target/parley-exec.jar" \
    --server.port="$port" --parley.data-dir="$work/data" --parley.limits.enabled=false --parley.http.public-prometheus=true \
    --parley.auth.password-memory=64KB --parley.auth.password-iterations=1 >>"$work/server.log" 2>&1 &
  server=$!
}
ready() {
  for _ in $(seq 240); do
    curl -fso /dev/null "http://localhost:$port/readyz" && return 0
    kill -0 "$server" 2>/dev/null || { tail -20 "$work/server.log"; return 1; }
    sleep 0.5
  done
  return 1
}
# Waits until everybody has signed up and this server process has acknowledged a message.
talking() {
  while kill -0 "$replay" 2>/dev/null; do
    curl -fs "http://localhost:$port/actuator/prometheus" | grep '^parley_messages_accepted_total [1-9]' >/dev/null && return 0
    sleep 1
  done
  return 1
}
finish() {
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

start
ready
"$java" -jar "$root/infra/load/target/parley-load-exec.jar" replay --url "http://localhost:$port" --input "$input" --patience 900 "$@" &
replay=$!
for n in $(seq "$kills"); do
  talking || { echo "The replay was over after $((n - 1)) kills" >&2; break; }
  sleep "$pause"
  kill -9 "$server"
  wait "$server" 2>/dev/null || true
  echo "kill -9, number $n"
  start
  ready
done
wait "$replay"
