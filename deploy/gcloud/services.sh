# What is done at every release. Read by gcloud.sh.

build() {
    run gcloud builds submit . --project="$PROJECT_ID" --config=deploy/gcloud/build.yaml \
        --substitutions="_IMAGE=$REPOSITORY,_TAG=$COMMIT"
}

# What every part is given: the same image, database, network and secrets.
common() {
    local name settings references=""
    settings="DATABASE_POOL_SIZE=$DATABASE_POOL_SIZE,CHECKPOINT_POOL_SIZE=$CHECKPOINT_POOL_SIZE"
    settings+=",LOG_FORMAT=json,GOOGLE_CLOUD_PROJECT=$PROJECT_ID"
    settings+=",ARCHIVE_URL=gs://$BUCKET"
    # The workers alone act by this one.
    settings+=",SCALE_CLOUD_RUN=projects/$PROJECT_ID/locations/$REGION/services/$WORKERS"
    if [ -n "$PUBLIC_BASE_URL" ]; then
        settings+=",PUBLIC_BASE_URL=$PUBLIC_BASE_URL,TELEGRAM_MODE=webhook,SLACK_MODE=http"
    fi
    for name in $SECRETS; do
        references+="${references:+,}$name=$(secret_name "$name"):latest"
    done
    COMMON=(
        --image="$REPOSITORY:$COMMIT" --region="$REGION" --project="$PROJECT_ID"
        --set-cloudsql-instances="$PROJECT_ID:$REGION:$SQL"
        --network="$NETWORK" --subnet="$NETWORK" --vpc-egress=private-ranges-only
        --command=family-scheduler --set-env-vars="$settings" --set-secrets="$references"
    )
}

migrate() {
    common
    run gcloud run jobs deploy "$MIGRATE" "${COMMON[@]}" --args=migrate,--to,"${1:-head}" \
        --service-account="$(account_of workers)" --tasks=1 --max-retries=1 --execute-now --wait
}

deploy() {
    common
    local size=(
        --cpu="$CPU" --memory="$MEMORY" --min-instances="$MINIMUM" --max-instances="$MAXIMUM"
        --cpu-boost --startup-probe=httpGet.path=/health,periodSeconds=3,failureThreshold=20
        --liveness-probe=httpGet.path=/health,periodSeconds=30
    )
    # Everyone may call; the product answers those alone who have a token, or a platform's secret.
    run gcloud run deploy "$API" --platform=managed "${COMMON[@]}" --args=serve "${size[@]}" \
        --service-account="$(account_of api)" --allow-unauthenticated --timeout=3600
    # Nobody calls workers, so their processors are never taken away between two calls.
    run gcloud run deploy "$WORKERS" --platform=managed "${COMMON[@]}" --args=worker "${size[@]}" \
        --service-account="$(account_of workers)" --no-allow-unauthenticated --ingress=internal \
        --no-cpu-throttling
    # They see by themselves to how many they are (docs/deployment.md).
    run gcloud run services add-iam-policy-binding "$WORKERS" --region="$REGION" \
        --project="$PROJECT_ID" --member="serviceAccount:$(account_of workers)" \
        --role=roles/run.developer
}

# The schema first, and by the image that is deployed now: the older one does not know the newer
# revisions, and would not start on them either.
rollback() {
    [ -n "$1" ] || fail "To which commit? deploy/gcloud.sh rollback COMMIT"
    local revision
    COMMIT=$(git rev-parse --verify --quiet "$1^{commit}") \
        || fail "There is no commit $1 here."
    revision=$(git ls-tree --name-only "$COMMIT" storage/migrations/versions/ \
        | sed -n 's|.*/\([0-9]*\)_.*\.py$|\1|p' | sort | tail -1)
    run gcloud artifacts docker images describe "$REPOSITORY:$COMMIT" --project="$PROJECT_ID"
    run gcloud sql backups create --instance="$SQL" --project="$PROJECT_ID" \
        --description="before the rollback to $COMMIT"
    run gcloud run jobs update "$MIGRATE" --args=migrate,--to,"$revision" --region="$REGION" \
        --project="$PROJECT_ID"
    run gcloud run jobs execute "$MIGRATE" --wait --region="$REGION" --project="$PROJECT_ID"
    deploy
}

# What the workers make of the load themselves; by hand, until they next look.
scale() {
    [[ "$1" =~ ^[0-9]+$ ]] && [ "$1" -ge "$MINIMUM" ] && [ "$1" -le "$MAXIMUM" ] \
        || fail "How many workers? From $MINIMUM to $MAXIMUM."
    run gcloud run services update "$WORKERS" --min="$1" --region="$REGION" --project="$PROJECT_ID"
}
