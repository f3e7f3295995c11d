#!/usr/bin/env bash
# Measures everything and rewrites the generated sections of RESULTS.md and CAPACITY.md. What infra/benchmarks measured
# last is included.
#
#   infra/load/benchmark.sh [step …]      all steps if none is named; the page keeps what earlier steps measured
#
# Every step starts a server on an empty data directory, with the options in start(). Client and server share the
# machine, which should do nothing else. Needs the two jars of `mvn package` and a JDK 25; all steps take about two hours.
#
#   PARLEY_PORT=18080            the server's port
#   WARMUP=60 DURATION=20        seconds of each measurement; the JVM compiles for a minute, in the inbox step for two
#   SERVER_JAVA_OPTIONS="…"      of the server's JVM, instead of those below
#   SERVER_NICE=0                of server and client, on a machine that has other work
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
reports=$root/infra/load/target/reports
benchmarks=$root/infra/benchmarks/target/jmh.json
work=$(mktemp -d)
port=${PARLEY_PORT:-18080}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
plain="-Xms3g -Xmn1g -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED"
java_options=${SERVER_JAVA_OPTIONS:-$plain -XX:MaxTenuringThreshold=1 -XX:+UseTransparentHugePages -XX:+AlwaysPreTouch}
archives=("$root"/infra/embedded/target/engines/elasticsearch-*.zip)
export PARLEY_EMBEDDED_SEARCHARCHIVE=${PARLEY_EMBEDDED_SEARCHARCHIVE:-${archives[0]}}
server=
failed=()

start() {
  rm -rf "$work/data"
  start_again
}
# Keeps the data directory. Search is off except in its own steps, because it lowers every other figure.
start_again() {
  # shellcheck disable=SC2086 # several options
  nice -n "${SERVER_NICE:-0}" "$java" $java_options -jar "$root/infra/app/target/parley-exec.jar" \
    --server.port="$port" --parley.data-dir="$work/data" \
    --parley.limits.enabled=false --parley.http.public-prometheus=true --parley.auth.password-memory=64KB --parley.auth.password-iterations=1 --parley.group.max-members=500 \
    --parley.search.enabled="${search:-false}" \
    --management.metrics.distribution.percentiles-histogram.http.server.requests=true \
    --management.metrics.distribution.minimum-expected-value.http.server.requests=50us \
    >"$work/server.log" 2>&1 &
  server=$!
  for _ in $(seq 240); do
    curl -fso /dev/null "http://localhost:$port/readyz" && return 0
    kill -0 "$server" 2>/dev/null || break
    sleep 0.5
  done
  tail -20 "$work/server.log"
  return 1
}
stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  server=
}
trap 'stop; rm -rf "$work"' EXIT

load() {
  nice -n "${SERVER_NICE:-0}" "$java" -XX:+UseCompactObjectHeaders \
    -jar "$root/infra/load/target/parley-load-exec.jar" "$@"
}
# measure <name of the report> <scenario> [option …]; a run whose check fails is named at the end and in the page
measure() {
  local name=$1 scenario=$2
  shift 2
  echo "== $name"
  load "$scenario" --url "http://localhost:$port" --server-pid "$server" --data-dir "$work/data" \
    --warmup "${WARMUP:-60}" --duration "${DURATION:-20}" --rest-concurrency "${rest_concurrency:-64}" \
    --revision "$(git -C "$root" rev-parse --short HEAD)" --report "$reports/$name.json" "$@" ||
    failed+=("$name")
}
# So that the JVM is as warm at the first point of a curve as at the last.
warm() {
  load pairs --url "http://localhost:$port" --closed --in-flight 4 --warmup 0 --duration 30 >"$work/warm.log"
}

step_pairs() {
  start
  warm
  measure pairs-100x4 pairs --closed --pairs 100 --in-flight 4
  measure pairs-20x1 pairs --closed --pairs 20 --in-flight 1
  measure pairs-open-1000 pairs --pairs 100 --rate 1000
}
step_groups() {
  start
  warm
  measure groups-10x100 groups --closed --groups 10 --members 100
}
step_mixed() {
  start
  measure mixed mixed
}
step_idle() {
  # With pre-touched memory, the resident set would not show what sessions use.
  local java_options=$plain
  start
  WARMUP=60 DURATION=60 measure idle-15000 idle --sessions 15000
}
step_presence() {
  start
  WARMUP=20 DURATION=30 measure presence-5000 presence --sessions 5000
}
step_storm() {
  start
  measure reconnect-storm-15000 reconnect-storm --sessions 15000
}
step_inbox() {
  start
  # The JVM compiles later, because this step has few requests a second.
  WARMUP=${WARMUP:-120} measure inbox-200 inbox --conversations 200
}
step_history() {
  local again="--run again --password $RANDOM-$RANDOM-$RANDOM"
  start
  # shellcheck disable=SC2086 # several options
  measure history-1m history --messages 1000000 --fill $again
  stop
  rm -r "$work/data/read-side"
  start_again
  # shellcheck disable=SC2086 # several options
  measure rebuild rebuild --messages 1000000 $again
}
step_away() {
  start
  measure away-10000 away --missed 10000 --conversations 50
}
step_search() {
  start
  warm
  warm
  DURATION=60 measure pairs-search-off pairs --closed --pairs 100 --in-flight 4
  stop
  start_searching
  DURATION=60 measure pairs-search-on pairs --closed --pairs 100 --in-flight 4
}
step_lag() {
  local burst="--run burst --password $RANDOM-$RANDOM-$RANDOM"
  start_searching
  # shellcheck disable=SC2086 # several options
  WARMUP=0 DURATION=60 measure pairs-burst pairs --closed --pairs 100 --in-flight 4 $burst
  # shellcheck disable=SC2086 # several options
  measure index-lag index-check --people 200 $burst
}
# Warms up two JVMs: Elasticsearch compiles while it indexes.
start_searching() {
  search=true start
  await_search
  for _ in 1 2; do
    warm
    await_search
  done
}
await_search() {
  for _ in $(seq 1200); do
    curl -fs "http://localhost:$port/actuator/prometheus" | grep -q '^parley_search_lag_events.* 0' && return 0
    sleep 0.5
  done
  tail -20 "$work/server.log"
  return 1
}
step_million() {
  # Each start of a conversation waits for the read side, so many have to be started concurrently.
  local rest_concurrency=1024
  start
  warm
  measure pairs-1k-conversations pairs --closed --people 10000 --pairs 1000 --in-flight-total 400
  measure pairs-1m-conversations pairs --closed --people 10000 --pairs 10000 --silent 990000 --in-flight-total 400
}
step_curve-conversations() {
  start
  warm
  for n in 10 100 1000 10000; do
    measure "curve-conversations-$n" pairs --closed --people 200 --pairs "$n" --in-flight-total 400
  done
}
step_curve-length() {
  start
  warm
  for n in 1 1000 10000 100000 1000000; do
    measure "curve-length-$n" pairs --closed --pairs 1 --in-flight 32 --length "$n"
  done
}
step_curve-group-size() {
  start
  warm
  for n in 2 10 50 100 250 500; do
    measure "curve-group-size-$n" groups --closed --groups $((1000 / n)) --members "$n"
  done
}
step_curve-sessions() {
  start
  warm
  for n in 200 1000 5000 15000; do
    measure "curve-sessions-$n" pairs --closed --people "$n" --pairs 100 --in-flight 4
  done
}
step_curve-events() {
  for n in 10000 100000 500000 2000000; do
    start
    warm
    measure "curve-events-$n" pairs --closed --people 200 --pairs 1000 --length $((n / 1000)) --in-flight-total 400
    stop
  done
}

all=(pairs groups mixed idle presence storm inbox history away search lag million
  curve-conversations curve-length curve-group-size curve-sessions curve-events)
[ $# -gt 0 ] || set -- "${all[@]}"
ulimit -n "$(ulimit -Hn)"
mkdir -p "$reports"
for step in "$@"; do
  "step_$step"
  stop
done
jmh=()
[ ! -f "$benchmarks" ] || jmh=(--jmh "$benchmarks")
load results "$reports" "$root/infra/load/RESULTS.md" "${jmh[@]}"
load capacity --reports "$reports" --page "$root/infra/load/CAPACITY.md" "${jmh[@]}"
echo "RESULTS.md and CAPACITY.md are written."
[ ${#failed[@]} -eq 0 ] || { echo "A check failed in: ${failed[*]}"; exit 1; }
