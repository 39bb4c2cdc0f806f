# What Google's services have to be switched on for, and the repository of the image.

resource "google_project_service" "used" {
  for_each = toset([
    "run.googleapis.com",
    "sqladmin.googleapis.com",
    "redis.googleapis.com",
    "secretmanager.googleapis.com",
    "artifactregistry.googleapis.com",
    "cloudbuild.googleapis.com",
    "servicenetworking.googleapis.com",
    "monitoring.googleapis.com",
  ])
  service            = each.value
  disable_on_destroy = false
}

# gcr.io is a repository of Artifact Registry since Container Registry has ended.
resource "google_artifact_registry_repository" "images" {
  repository_id = "gcr.io"
  location      = "us"
  format        = "DOCKER"
  depends_on    = [google_project_service.used]
}
