#!/usr/bin/env bash
# Makes Parley's database and its account, which owns that database and nothing else, once, when the image makes its data
# directory. Afterwards the superuser has no password: it is reached only from inside the container.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres --set=password="$POSTGRES_PASSWORD" <<'SQL'
CREATE ROLE parley LOGIN PASSWORD :'password';
CREATE DATABASE parley OWNER parley;
REVOKE ALL ON DATABASE parley FROM PUBLIC;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
ALTER ROLE CURRENT_USER PASSWORD NULL;
SQL
