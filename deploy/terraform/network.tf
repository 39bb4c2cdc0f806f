# A network of our own: database and Redis have private addresses in it, and Cloud Run reaches them
# directly, without a connector that costs something by itself.

resource "google_compute_network" "family" {
  name                    = "family-scheduler"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "family" {
  name                     = "family-scheduler"
  network                  = google_compute_network.family.id
  region                   = var.region
  ip_cidr_range            = "10.8.0.0/24"
  private_ip_google_access = true
}

resource "google_compute_global_address" "managed" {
  name          = "family-scheduler-managed"
  network       = google_compute_network.family.id
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  prefix_length = 20
}

resource "google_service_networking_connection" "managed" {
  network                 = google_compute_network.family.id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.managed.name]
  depends_on              = [google_project_service.used]
}
