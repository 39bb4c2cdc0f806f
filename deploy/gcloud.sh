#!/usr/bin/env bash
# The product on Google Cloud, with nothing but gcloud. docs/deployment.md goes through it.
#
#   PROJECT_ID=… deploy/gcloud.sh [--dry-run] setup [PART]      once: everything, or one of apis,
#                                                               accounts, database, redis, bucket
#   PROJECT_ID=… deploy/gcloud.sh [--dry-run] secret NAME       a secret's value, from standard input
#   PROJECT_ID=… deploy/gcloud.sh [--dry-run] trigger OWNER/REPOSITORY    release on every push
#   PROJECT_ID=… deploy/gcloud.sh [--dry-run] release           build, migrate, deploy
#   PROJECT_ID=… deploy/gcloud.sh [--dry-run] build|migrate|deploy
#   PROJECT_ID=… deploy/gcloud.sh [--dry-run] rollback COMMIT   the image and the schema of that commit
#   PROJECT_ID=… deploy/gcloud.sh [--dry-run] scale N           that many workers at least
#
# --dry-run prints each command and runs none. No secret is ever an argument: values go by standard
# input, and services are given their names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

DRY_RUN=false
if [ "${1:-}" = --dry-run ]; then DRY_RUN=true; shift; fi

fail() { echo "$1" >&2; exit 2; }

# Runs a command, or prints it as it could be typed.
run() {
    local line
    printf -v line '%q ' "$@"
    if $DRY_RUN; then echo "${line% }"; else "$@"; fi
}

. deploy/gcloud/choices.sh
. deploy/gcloud/setup.sh
. deploy/gcloud/services.sh

case "${1:-}" in
    setup) setup "${2:-}" ;;
    secret) secret "${2:-}" ;;
    trigger) trigger "${2:-}" ;;
    build) build ;;
    migrate) migrate ;;
    deploy) deploy ;;
    release) build; migrate; deploy ;;
    rollback) rollback "${2:-}" ;;
    scale) scale "${2:-}" ;;
    *) sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
