# Sourced by the others: SLUICE_DATABASE_URL without its password, which goes where `ps` does not show it.
: "${SLUICE_DATABASE_URL:?is not set (expected: postgresql://user:password@host:port/database)}"

if [[ $SLUICE_DATABASE_URL =~ ^(postgres(ql)?://[^:/@]+):([^@]*)@(.*)$ ]]; then
    database="${BASH_REMATCH[1]}@${BASH_REMATCH[4]}"
    password="${BASH_REMATCH[3]//\\/\\\\}"
    PGPASSWORD=$(printf '%b' "${password//%/\\x}")
    export PGPASSWORD
else
    database=$SLUICE_DATABASE_URL
fi
export PGAPPNAME=sluice-backup

ask() { psql --no-psqlrc --tuples-only --no-align --set ON_ERROR_STOP=1 --dbname "$database" --command "$1"; }
