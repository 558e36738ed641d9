#!/usr/bin/env bash
# train.sh JAR APP CACHE
# Runs APP, the jar as `extract` leaves it, once as any node runs, and writes what Java learns of it to CACHE: an AOT cache from
# Java 25 on, an archive of classes (AppCDS) before. JAR, as it was built, lends its database and its demo callback meanwhile.
# Needs nothing else: no network, no PostgreSQL, no root. JAVA_HOME names the Java, or PATH.
set -euo pipefail
jar=$(realpath "${1:?is missing (usage: train.sh JAR APP CACHE)}")
app=$(realpath "${2:?is missing (usage: train.sh JAR APP CACHE)}")
cache=$(realpath -m "${3:?is missing (usage: train.sh JAR APP CACHE)}")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
port=${SLUICE_TRAINING_PORT:-18080} # and the three after it

work=$(mktemp -d)
running=()
end() {
    [ "${#running[@]}" -eq 0 ] || kill "${running[@]}" 2> /dev/null || true
    wait
    rm -rf "$work"
}
trap end EXIT

# await PROCESS LOG COMMAND…: until the command works, at most three minutes.
await() {
    local process=$1 log=$2 tries=900
    shift 2
    until "$@"; do
        if ! kill -0 "$process" 2> /dev/null || [ $((tries--)) -eq 0 ]; then
            echo "training: not reached: $*" >&2
            cat "$log" >&2
            exit 1
        fi
        sleep 0.2
    done
}

# post PORT PATH BODY: the answer as it comes, by bash alone.
post() {
    local connection
    exec {connection}<> "/dev/tcp/127.0.0.1/$1"
    printf '%s\r\n' "POST $2 HTTP/1.1" "Host: localhost:$1" "Connection: close" "Content-Type: application/json" \
        "Authorization: User training, Organization training" "Content-Length: ${#3}" "" >&"$connection"
    printf '%s' "$3" >&"$connection"
    cat <&"$connection"
    exec {connection}>&-
}

export SLUICE_USER_SECRET=training SLUICE_ORGANIZATION_SECRET=training
SLUICE_DATA_DIR="$work/lender" SERVER_PORT=$port MANAGEMENT_SERVER_PORT=$((port + 1)) SPRING_PROFILES_ACTIVE='' \
    "$java" -jar "$jar" > "$work/lender.log" 2>&1 &
lender=$!
running+=("$lender")
await "$lender" "$work/lender.log" grep -q "Sluice is ready" "$work/lender.log"

if [ "$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p;T;q')" -ge 25 ]; then
    record=-XX:AOTCacheOutput=$cache
else
    record=-XX:ArchiveClassesAtExit=$cache
fi
password=$(cat "$work/lender/postgresql/sluice.password")
export SLUICE_DATABASE_URL="postgresql://sluice:$password@127.0.0.1:$(cat "$work/lender/postgresql.port")/postgres"
export SLUICE_KEYSET_FILE="$work/lender/keyset.json" SLUICE_PUBLIC_URL=http://localhost:$((port + 2))
export SLUICE_DELIVERY_ALLOWED_NETWORKS=127.0.0.0/8,::1/128
SLUICE_DATA_DIR="$work/node" SERVER_PORT=$((port + 2)) MANAGEMENT_SERVER_PORT=$((port + 3)) SPRING_PROFILES_ACTIVE=kubernetes \
    SLUICE_SHUTDOWN_KEEP_ACCEPTING=0s "$java" -XX:+UseSerialGC "$record" -jar "$app" > "$work/node.log" 2>&1 &
node=$!
running+=("$node")
await "$node" "$work/node.log" grep -q "Sluice is ready" "$work/node.log"

# What every node does from then on: a webhook in, its notification out.
post $((port + 2)) /elements/api-v2/instances '{"element": {"key": "github"},
  "name": "training", "configuration": {"github.organization": "octo-org", "github.repository": "hello",
  "event.notification.enabled": "true", "event.notification.callback.url": "http://localhost:'"$port"'/demo/callback",
  "event.notification.signature.key": "whsec_c2x1aWNlLWRlbW8ta2V5LW5vdC1hLXNlY3JldA==",
  "event.vendor.signature.key": "demo-webhook-key"}}' > "$work/instance.json"
"$java" -jar "$app" trigger github push --url "http://localhost:$((port + 2))" > "$work/trigger.log" 2>&1 || {
    cat "$work/instance.json" "$work/trigger.log" >&2
    exit 1
}
await "$node" "$work/lender.log" grep -q "Demo callback: notification" "$work/lender.log"

kill "$node"
wait "$node" || true # 143, as SIGTERM means
running=("$lender")
[ -s "$cache" ] || { cat "$work/node.log" >&2; exit 1; }
