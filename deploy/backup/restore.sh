#!/usr/bin/env bash
# SLUICE_DATABASE_URL=postgresql://… restore.sh FILE
# Restores a backup into the database of that URL, which has to exist and to be empty: all of it or nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
file=${1:?is missing (usage: restore.sh FILE)}
# shellcheck source=connection.sh
. "$here/connection.sh"

tables=$(ask "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace")
if [ "$tables" -ne 0 ]; then
    echo "$tables tables are in this database already (expected: none; make a new one with createdb)" >&2
    exit 1
fi

pg_restore --dbname "$database" --no-owner --no-privileges --single-transaction --exit-on-error "$file"
# A dump has no statistics, and without them the first claims read whole tables.
ask "ANALYZE" > /dev/null

ask "SELECT 'Restored. The last webhook in it came at ' || coalesce(max(received_at)::text, '(none)')
            || '; what came later is lost. ' || (SELECT count(*) FROM owed_delivery) || ' deliveries are owed.' FROM event"
