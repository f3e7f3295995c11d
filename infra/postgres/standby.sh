#!/usr/bin/env bash
# Copies the primary when the data directory is empty, and then runs PostgreSQL as the image does.
set -euo pipefail

if [[ ! -s $PGDATA/PG_VERSION ]]; then
  install --directory --owner=postgres --group=postgres --mode=0700 "$PGDATA"
  # The setting names the primary and this standby; the password is written with it.
  gosu postgres pg_basebackup --pgdata="$PGDATA" --write-recovery-conf --checkpoint=fast \
    --dbname="host=$PRIMARY user=replicator password=$REPLICATION_PASSWORD application_name=standby"
fi
exec docker-entrypoint.sh postgres
