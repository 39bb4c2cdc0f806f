# Receives. Paid for while it answers; the product refuses those who have no token.

resource "google_cloud_run_v2_service" "api" {
  name       = "api-service"
  location   = var.region
  ingress    = "INGRESS_TRAFFIC_ALL"
  depends_on = [google_cloud_run_v2_job.migrate, google_secret_manager_secret_iam_member.setting]

  template {
    service_account = google_service_account.role["api"].email
    timeout         = "3600s"

    scaling {
      min_instance_count = var.instances_min
      max_instance_count = var.instances_max
    }

    containers {
      image   = local.image
      command = ["family-scheduler"]
      args    = ["serve"]

      ports {
        container_port = 8080
      }

      resources {
        limits            = { cpu = "2", memory = "2Gi" }
        cpu_idle          = true
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
}

resource "google_cloud_run_v2_service_iam_member" "everyone" {
  name     = google_cloud_run_v2_service.api.name
  location = var.region
  role     = "roles/run.invoker"
  member   = "allUsers"
}

output "api" {
  description = "Where the API answers."
  value       = google_cloud_run_v2_service.api.uri
}
