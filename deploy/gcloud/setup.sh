# What is made once. Read by gcloud.sh. It ends at what is there already; the parts that are missing can
# be named one by one.

setup() {
    case "$1" in
        "") apis; accounts; database; redis; bucket ;;
        apis | accounts | database | redis | bucket) "$1" ;;
        *) fail "There is no part $1 to set up: apis, accounts, database, redis, bucket." ;;
    esac
}

apis() {
    run gcloud services enable run.googleapis.com sqladmin.googleapis.com redis.googleapis.com \
        secretmanager.googleapis.com artifactregistry.googleapis.com cloudbuild.googleapis.com \
        --project="$PROJECT_ID"
    # gcr.io is a repository of Artifact Registry since Container Registry has ended.
    run gcloud artifacts repositories create gcr.io --repository-format=docker --location=us \
        --project="$PROJECT_ID"
}

database() {
    run gcloud sql instances create "$SQL" --database-version="$SQL_VERSION" --tier="$SQL_TIER" \
        --edition=ENTERPRISE --region="$REGION" --ssl-mode=ENCRYPTED_ONLY --storage-auto-increase \
        --backup-start-time=03:00 --retained-backups-count=7 --enable-point-in-time-recovery \
        --retained-transaction-log-days=7 --deletion-protection \
        --database-flags="max_connections=$SQL_CONNECTIONS" --project="$PROJECT_ID"
    run gcloud sql databases create family --instance="$SQL" --project="$PROJECT_ID"
    database_user
}

# Its password is made here, and seen by nobody: gcloud reads it from a file that only we may read.
database_user() {
    if $DRY_RUN; then
        run gcloud sql users create family --instance="$SQL" --project="$PROJECT_ID" \
            --flags-file=PASSWORD_FILE
        secret DATABASE_URL
        return
    fi
    local password folder
    password=$(python3 -c 'import secrets; print(secrets.token_urlsafe(32))')
    folder=$(mktemp -d)
    (umask 077 && printf -- '--password: "%s"\n' "$password" > "$folder/flags.yaml")
    gcloud sql users create family --instance="$SQL" --project="$PROJECT_ID" \
        --flags-file="$folder/flags.yaml" || { rm -rf "$folder"; return 1; }
    rm -rf "$folder"
    printf 'postgresql://family:%s@/family?host=/cloudsql/%s:%s:%s' \
        "$password" "$PROJECT_ID" "$REGION" "$SQL" | secret DATABASE_URL
}

redis() {
    run gcloud redis instances create "$REDIS" --size="$REDIS_GB" --region="$REGION" \
        --redis-version="$REDIS_VERSION" --enable-auth --redis-config=maxmemory-policy=noeviction \
        --project="$PROJECT_ID"
    if $DRY_RUN; then
        secret CELERY_BROKER_URL
        return
    fi
    local host password
    host=$(gcloud redis instances describe "$REDIS" --region="$REGION" --project="$PROJECT_ID" \
        --format='value(host)')
    password=$(gcloud redis instances get-auth-string "$REDIS" --region="$REGION" \
        --project="$PROJECT_ID" --format='value(authString)')
    printf 'redis://:%s@%s:6379/0' "$password" "$host" | secret CELERY_BROKER_URL
}

bucket() {
    run gcloud storage buckets create "gs://$BUCKET" --default-storage-class=STANDARD \
        --location="$REGION" --uniform-bucket-level-access --public-access-prevention \
        --project="$PROJECT_ID"
    run gcloud storage buckets update "gs://$BUCKET" --lifecycle-file=deploy/gcloud/lifecycle.json
    run gcloud storage buckets add-iam-policy-binding "gs://$BUCKET" \
        --member="serviceAccount:$(account_of workers)" --role=roles/storage.objectUser
}

# One account a role, each with what it needs and nothing else: the database here, its secrets when
# they are made, and the bucket for the workers.
accounts() {
    local account
    for account in api workers; do
        run gcloud iam service-accounts create "family-$account" --project="$PROJECT_ID"
        run gcloud projects add-iam-policy-binding "$PROJECT_ID" --condition=None \
            --member="serviceAccount:$(account_of "$account")" --role=roles/cloudsql.client
    done
    # To change how many there are is to update a service that runs in its name.
    run gcloud iam service-accounts add-iam-policy-binding "$(account_of workers)" \
        --member="serviceAccount:$(account_of workers)" --role=roles/iam.serviceAccountUser \
        --project="$PROJECT_ID"
    builder
}

# Who builds and deploys on a push. It may run services in the name of the two, and read no secret.
builder() {
    local role account
    run gcloud iam service-accounts create family-build --project="$PROJECT_ID"
    for role in run.admin artifactregistry.writer logging.logWriter; do
        run gcloud projects add-iam-policy-binding "$PROJECT_ID" --condition=None \
            --member="serviceAccount:$(account_of build)" --role="roles/$role"
    done
    for account in api workers; do
        run gcloud iam service-accounts add-iam-policy-binding "$(account_of "$account")" \
            --member="serviceAccount:$(account_of build)" --role=roles/iam.serviceAccountUser \
            --project="$PROJECT_ID"
    done
}

# Every push to main is built, once the repository is connected to Cloud Build (in the console).
trigger() {
    [[ "$1" == */* ]] || fail "Which repository? deploy/gcloud.sh trigger OWNER/REPOSITORY"
    run gcloud builds triggers create github --name=push-to-main --region="$REGION" \
        --repo-owner="${1%%/*}" --repo-name="${1#*/}" --branch-pattern='^main$' \
        --build-config=deploy/cloudbuild.yaml --project="$PROJECT_ID" \
        --service-account="projects/$PROJECT_ID/serviceAccounts/$(account_of build)" \
        --substitutions="^;^_PUBLIC_BASE_URL=$PUBLIC_BASE_URL;_MORE_SECRETS=$MORE_SECRETS;_NETWORK=$NETWORK"
}

account_of() { echo "family-$1@$PROJECT_ID.iam.gserviceaccount.com"; }

# DATABASE_URL is kept as database-url.
secret_name() { echo "$1" | tr 'A-Z_' 'a-z-'; }

# A new version of a secret, from standard input; the secret is made at its first.
secret() {
    [ -n "$1" ] || fail "Which setting? For example: deploy/gcloud.sh secret TELEGRAM_BOT_TOKEN"
    local name account
    name=$(secret_name "$1")
    if $DRY_RUN || ! gcloud secrets describe "$name" --project="$PROJECT_ID" < /dev/null \
        > /dev/null 2>&1; then
        run gcloud secrets create "$name" --replication-policy=automatic --project="$PROJECT_ID" \
            < /dev/null
        for account in api workers; do
            run gcloud secrets add-iam-policy-binding "$name" --project="$PROJECT_ID" \
                --member="serviceAccount:$(account_of "$account")" \
                --role=roles/secretmanager.secretAccessor < /dev/null
        done
    fi
    run gcloud secrets versions add "$name" --data-file=- --project="$PROJECT_ID"
}
