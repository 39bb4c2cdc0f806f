# Work. Nobody calls it, so its processors are always there. Celery's work brings no request, so how
# many there are is not for Cloud Run to find out: the workers set it themselves (docs/deployment.md).

resource "google_cloud_run_v2_service" "workers" {
  name       = "agent-workers"
  location   = var.region
  ingress    = "INGRESS_TRAFFIC_INTERNAL_ONLY"
  depends_on = [google_cloud_run_v2_job.migrate, google_secret_manager_secret_iam_member.setting]

  template {
    service_account = google_service_account.role["workers"].email
    timeout         = "300s"

    scaling {
      min_instance_count = var.instances_min
      max_instance_count = var.instances_max
    }

    containers {
      image   = local.image
      command = ["family-scheduler"]
      args    = ["worker"]

      ports {
        container_port = 8080
      }

      resources {
        limits            = { cpu = "2", memory = "2Gi" }
        cpu_idle          = false
        startup_cpu_boost = true
      }

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

      startup_probe {
        period_seconds    = 3
        failure_threshold = 20
        http_get {
          path = local.health
        }
      }

      liveness_probe {
        period_seconds = 30
        http_get {
          path = local.health
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

  lifecycle {
    ignore_changes = [scaling]
  }
}

resource "google_cloud_run_v2_service_iam_member" "scaling" {
  name     = google_cloud_run_v2_service.workers.name
  location = var.region
  role     = "roles/run.developer"
  member   = google_service_account.role["workers"].member
}

# To change how many there are is to update a service that runs in this account's name.
resource "google_service_account_iam_member" "scaling" {
  service_account_id = google_service_account.role["workers"].name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.role["workers"].member
}
