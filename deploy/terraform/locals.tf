locals {
  image = "gcr.io/${var.project_id}/family-scheduler:${var.commit}"

  # One port of every role (the Dockerfile's PORT), asked the same way.
  health = "/health"

  settings = merge(
    {
      DATABASE_POOL_SIZE   = tostring(var.database_pool_size)
      CHECKPOINT_POOL_SIZE = tostring(var.checkpoint_pool_size)
      LOG_FORMAT           = "json"
      GOOGLE_CLOUD_PROJECT = var.project_id
      ARCHIVE_URL          = "gs://${var.bucket}"
      # The workers alone act by this one; it cannot refer to their service, which refers to it.
      SCALE_CLOUD_RUN = "projects/${var.project_id}/locations/${var.region}/services/agent-workers"
    },
    var.public_base_url == "" ? {} : {
      PUBLIC_BASE_URL = var.public_base_url
      TELEGRAM_MODE   = "webhook"
      SLACK_MODE      = "http"
    }
  )

  # Setting to the name of its secret: DATABASE_URL is kept as database-url.
  secrets = {
    for name in setunion(["DATABASE_URL", "CELERY_BROKER_URL"], var.more_secrets) :
    name => lower(replace(name, "_", "-"))
  }
}
