#!/bin/bash
# A copy of the signed feed for a school, with bash, wget and jq alone: mirror.sh https://rules.example.org/ /srv/beside-mirror
# Copies what the newest timestamp leads to and puts the timestamp in place last, so that a copy that is cut off leaves the
# old release whole. It checks no signatures; every machine does that for itself.
set -euo pipefail
from=${1%/}/
mkdir -p "$2/metadata"
cd "$2"

# Takes a file that is not here yet. A name is only believed when it stays within this folder.
get() {
  if [[ $1 == *..* || ! $1 =~ ^(metadata|targets)/[A-Za-z0-9._/-]+$ ]]; then
    echo "mirror: a name that cannot be: $1" >&2
    exit 1
  fi
  [[ -e $1 ]] && return 0
  mkdir -p "$(dirname "$1")"
  local code=0
  wget -q --max-redirect=0 --timeout=20 --tries=2 -O "$1.part" "$from$1" || code=$?
  if ((code != 0)); then
    rm -f "$1.part"
    return "$code"
  fi
  mv "$1.part" "$1"
}

wget -q --max-redirect=0 --timeout=20 --tries=2 -O next.json "${from}metadata/timestamp.json"
snapshot=metadata/$(jq -r '.signed.meta["snapshot.json"].version' next.json).snapshot.json
get "$snapshot"
jq -r '.signed.meta | to_entries[] | "metadata/\(.value.version).\(.key)"' "$snapshot" | while read -r role; do
  get "$role"
  jq -r '.signed.targets | to_entries[] | (.key | split("/")) as $path
    | "targets/" + ($path[:-1] + [.value.hashes.sha256 + "." + $path[-1]] | join("/"))' "$role" |
    while read -r file; do get "$file"; done
done
# Roots follow each other until the server has no more; wget ends with 8 when a server answers with an error.
for ((number = 1; ; number += 1)); do
  code=0
  get "metadata/$number.root.json" || code=$?
  ((code == 8)) && break
  ((code == 0)) || exit "$code"
done
mv next.json metadata/timestamp.json
