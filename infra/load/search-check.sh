#!/usr/bin/env bash
# Replays real conversations and checks search during and after the replay: how fast messages are indexed, how long ten
# kinds of queries take, what a rebuild under load counts, and whether anything is missing after Elasticsearch was killed
# with -9 while it indexed.
#
#   infra/load/search-check.sh chat.log.gz dialogues.csv [kills=3]
#
# Needs the two jars of `mvn package` and the archive of Elasticsearch, which that build fetches; takes about twenty
# minutes and keeps the reports in infra/load/target/search-check.
set -euo pipefail
log=$1 dialogues=$2 kills=${3:-3}
root=$(cd "$(dirname "$0")/../.." && pwd)
reports=$root/infra/load/target/search-check
work=$(mktemp -d)
chmod 755 "$work"
port=${PARLEY_PORT:-18080}
api=http://localhost:$port/api/v1
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# shellcheck disable=SC2206 # several options
java_options=(${SERVER_JAVA_OPTIONS:--Xms3g -Xmn1g -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED})
server= traffic=

finish() {
  [ -z "$traffic" ] || kill "$traffic" 2>/dev/null || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

# Background clients are started without load(): the process to kill would be its shell.
client=("$java" -XX:+UseCompactObjectHeaders -jar "$root/infra/load/target/parley-load-exec.jar")
load() {
  local scenario=$1
  shift
  "${client[@]}" "$scenario" --url "http://localhost:$port" "$@"
}
# Prints nothing if there is no metric of that name.
metric() {
  curl -fs "http://localhost:$port/actuator/prometheus" |
    awk -v name="$1" '{ split($1, key, "{") } key[1] == name && $NF != "NaN" { sum += $NF; n++ } END { if (n) printf "%d", sum }'
}
now() { date +%s.%N; }
per_second() { awk -v count="$1" -v from="$2" -v to="$3" 'BEGIN { printf "%d in %.1f s: %d a second", count, to - from, count / (to - from) }'; }
# Waits until the index contains all events.
indexed() {
  for _ in $(seq 1200); do
    [ "$(metric parley_search_lag_events)" = 0 ] && return 0
    sleep 0.5
  done
  return 1
}
field() { sed -n "s/.*\"$1\":\"\\{0,1\\}\\([^\",}]*\\).*/\\1/p"; }
json() { curl -fsS -H 'Content-Type: application/json' ${token:+-H "Authorization: Bearer $token"} "$@"; }

mkdir -p "$reports"
archives=("$root"/infra/embedded/target/engines/elasticsearch-*.zip)
export PARLEY_EMBEDDED_SEARCHARCHIVE=${PARLEY_EMBEDDED_SEARCHARCHIVE:-${archives[0]}}
"$java" "${java_options[@]}" -jar "$root/infra/app/target/parley-exec.jar" \
  --server.port="$port" --parley.data-dir="$work/data" --parley.limits.enabled=false --parley.http.public-prometheus=true --parley.auth.password-memory=64KB --parley.auth.password-iterations=1 \
  --management.metrics.distribution.percentiles-histogram.http.server.requests=true \
  --management.metrics.distribution.minimum-expected-value.http.server.requests=50us >"$work/server.log" 2>&1 &
server=$!
for _ in $(seq 240); do
  [ -n "$(metric parley_search_lag_events)" ] && [ -e "$work/data/elasticsearch/elasticsearch.pid" ] && break
  kill -0 "$server" 2>/dev/null || { tail -20 "$work/server.log"; exit 1; }
  sleep 0.5
done

echo "== said and indexed"
began=$(now)
load replay --input "$dialogues" --report "$reports/replay-dialogues.json"
load replay --input "$log" --report "$reports/replay-log.json"
said=$(now)
indexed
ended=$(now)
echo "documents acknowledged by Elasticsearch: $(per_second "$(metric parley_search_indexed_total)" "$began" "$ended")," \
  "of it $(awk -v from="$said" -v to="$ended" 'BEGIN { printf "%.1f", to - from }') s after the last message"

echo "== ten kinds of queries"
load search --server-pid "$server" --data-dir "$work/data" --warmup 20 --duration 60 --report "$reports/search.json"

echo "== a rebuild under live traffic"
password=$RANDOM-$RANDOM-$RANDOM token=
json -o "$work/account" -d "{\"username\":\"operator\",\"password\":\"$password\",\"displayName\":\"Operator\"}" "$api/accounts"
user=$(field id <"$work/account")
log_in() { token= && token=$(json -d "{\"username\":\"operator\",\"password\":\"$password\",\"device\":\"check\"}" "$api/sessions" | field accessToken); }
log_in
json -X PUT -H "Parley-Admin-Key: $(cat "$work/data/admin.key")" "$api/users/$user/roles/admin?reason=check"
log_in
"${client[@]}" pairs --url "http://localhost:$port" --pairs 50 --rate 300 --warmup 0 --duration 600 \
  --data-dir "$work/data" >"$work/traffic.log" 2>&1 &
traffic=$!
sleep 10
began=$(now)
json -X POST "$api/search/rebuilds?reason=check" >"$work/rebuild"
while json "$api/search/rebuilds/current" >"$work/rebuild" && [ "$(field state <"$work/rebuild")" = filling ]; do
  sleep 1
done
ended=$(now)
cp "$work/rebuild" "$reports/rebuild.json"
cat "$reports/rebuild.json"
echo
echo "rebuilt: $(per_second "$(field events <"$reports/rebuild.json")" "$began" "$ended")"
kill "$traffic" 2>/dev/null || true
wait "$traffic" 2>/dev/null || true
traffic=
indexed

echo "== kill -9 of Elasticsearch while it indexes"
again="--run again --password $password"
# shellcheck disable=SC2086 # several options
"${client[@]}" pairs --url "http://localhost:$port" --closed --people 200 --pairs 100 --in-flight 4 \
  --warmup 0 --duration $((kills * 30 + 10)) --data-dir "$work/data" $again &
traffic=$!
for n in $(seq "$kills"); do
  sleep 25
  kill -9 "$(cat "$work/data/elasticsearch/elasticsearch.pid")"
  echo "kill -9, number $n, $(metric parley_search_lag_events) events behind"
done
wait "$traffic"
traffic=
# shellcheck disable=SC2086 # several options
load index-check --people 200 --patience 900 --data-dir "$work/data" --report "$reports/index-check.json" $again
