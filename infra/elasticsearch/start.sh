#!/usr/bin/env bash
# Gives Parley its account, which has the rights of roles.yml, and then starts Elasticsearch as the image does.
set -euo pipefail

if ! grep --quiet '^parley:' config/users; then
  bin/elasticsearch-users useradd parley -p "$PARLEY_PASSWORD" -r parley
fi
unset PARLEY_PASSWORD
exec /usr/local/bin/docker-entrypoint.sh eswrapper
