#!/usr/bin/env bash
# SLUICE_DATABASE_URL=postgresql://… backup.sh DIRECTORY
# Writes DIRECTORY/sluice-<UTC time>.dump while gateways go on, and says its name. A file of that name is always whole.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
directory=${1:?is missing (usage: backup.sh DIRECTORY)}
# shellcheck source=connection.sh
. "$here/connection.sh"

umask 077
mkdir -p "$directory"
file="$directory/sluice-$(date -u +%Y%m%dT%H%M%SZ).dump"
trap 'rm -f "$file.part"' EXIT

# Everything as of one moment. Owners and rights are those of whoever restores.
pg_dump --dbname "$database" --format custom --no-owner --no-privileges --file "$file.part"
# A file that cannot be listed could not be restored.
pg_restore --list "$file.part" > /dev/null
mv "$file.part" "$file"
echo "$file"
