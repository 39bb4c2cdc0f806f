# Every push to main is a release (deploy/cloudbuild.yaml), by an account that reads no secret.

resource "google_service_account" "build" {
  account_id = "family-build"
}

resource "google_project_iam_member" "build" {
  for_each = toset(["roles/run.admin", "roles/artifactregistry.writer", "roles/logging.logWriter"])
  project  = var.project_id
  role     = each.value
  member   = google_service_account.build.member
}

resource "google_service_account_iam_member" "build" {
  for_each           = google_service_account.role
  service_account_id = each.value.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.build.member
}

resource "google_cloudbuild_trigger" "main" {
  count           = var.repository == "" ? 0 : 1
  name            = "push-to-main"
  location        = var.region
  filename        = "deploy/cloudbuild.yaml"
  service_account = google_service_account.build.id

  github {
    owner = split("/", var.repository)[0]
    name  = split("/", var.repository)[1]
    push {
      branch = "^main$"
    }
  }

  substitutions = {
    _NETWORK         = google_compute_network.family.name
    _PUBLIC_BASE_URL = var.public_base_url
    _MORE_SECRETS    = join(" ", var.more_secrets)
  }
}
