# What gcloud.sh and cloudbuild.yaml agree upon: the deployment document's names and sizes. Read by
# gcloud.sh; whatever stands here can be set in the environment instead.

: "${PROJECT_ID:=}"
[ -n "$PROJECT_ID" ] || fail "Set PROJECT_ID to your Google Cloud project."
: "${REGION:=us-central1}"
# Tagged by commit as well as latest, so that a rollback has something to go back to.
: "${COMMIT:=$(git rev-parse HEAD)}"
: "${REPOSITORY:=gcr.io/$PROJECT_ID/family-scheduler}"

API=api-service
WORKERS=agent-workers
MIGRATE=migrate
MINIMUM=1
MAXIMUM=10
CPU=2
MEMORY=2Gi

SQL=family-scheduler-db
SQL_VERSION=POSTGRES_14
: "${SQL_TIER:=db-f1-micro}"
# Its own default is 25, less than ten APIs and ten workers need: docs/deployment.md has the sum.
SQL_CONNECTIONS=60
DATABASE_POOL_SIZE=2
CHECKPOINT_POOL_SIZE=1

REDIS=family-scheduler-redis
REDIS_VERSION=redis_6_x
REDIS_GB=1
# Names of buckets are shared by all the world: another one where this one is taken.
: "${BUCKET:=family-scheduler-checkpoints}"

# With a subnetwork of the same name in the region; Terraform's is called family-scheduler.
: "${NETWORK:=default}"

# The https address that Telegram and Slack post to; without it there is the HTTP API alone.
: "${PUBLIC_BASE_URL:=}"
# Settings whose values are in Secret Manager, beside the two that are always there.
: "${MORE_SECRETS:=}"
SECRETS="DATABASE_URL CELERY_BROKER_URL $MORE_SECRETS"
