# Services are given the names of secrets. The two that Terraform itself makes have their values from
# here; those of more_secrets are yours to add: `deploy/gcloud.sh secret NAME`.

resource "google_secret_manager_secret" "setting" {
  for_each   = local.secrets
  secret_id  = each.value
  depends_on = [google_project_service.used]

  replication {
    auto {}
  }
}

resource "google_secret_manager_secret_version" "database_url" {
  secret = google_secret_manager_secret.setting["DATABASE_URL"].id
  secret_data = format(
    "postgresql://family:%s@%s/family",
    random_password.database.result,
    google_sql_database_instance.family.private_ip_address,
  )
}

resource "google_secret_manager_secret_version" "celery_broker_url" {
  secret = google_secret_manager_secret.setting["CELERY_BROKER_URL"].id
  secret_data = format(
    "redis://:%s@%s:%s/0",
    google_redis_instance.broker.auth_string,
    google_redis_instance.broker.host,
    google_redis_instance.broker.port,
  )
}
