# The schema. It is run before the services of a new version start, which end where it is not theirs:
# gcloud run jobs execute migrate --wait

resource "google_cloud_run_v2_job" "migrate" {
  name     = "migrate"
  location = var.region
  depends_on = [
    google_secret_manager_secret_iam_member.setting,
    google_secret_manager_secret_version.database_url,
    google_secret_manager_secret_version.celery_broker_url,
  ]

  template {
    template {
      service_account = google_service_account.role["workers"].email
      max_retries     = 1
      timeout         = "600s"

      containers {
        image   = local.image
        command = ["family-scheduler"]
        args    = ["migrate"]

        dynamic "env" {
          for_each = local.settings
          content {
            name  = env.key
            value = env.value
          }
        }

        dynamic "env" {
          for_each = local.secrets
          content {
            name = env.key
            value_source {
              secret_key_ref {
                secret  = google_secret_manager_secret.setting[env.key].secret_id
                version = "latest"
              }
            }
          }
        }
      }

      vpc_access {
        egress = "PRIVATE_RANGES_ONLY"
        network_interfaces {
          network    = google_compute_network.family.id
          subnetwork = google_compute_subnetwork.family.id
        }
      }
    }
  }
}
