resource "google_redis_instance" "broker" {
  name               = "family-scheduler-redis"
  region             = var.region
  tier               = "BASIC"
  memory_size_gb     = var.redis_gb
  redis_version      = "REDIS_6_X"
  auth_enabled       = true
  authorized_network = google_compute_network.family.id
  connect_mode       = "PRIVATE_SERVICE_ACCESS"
  depends_on         = [google_service_networking_connection.managed]

  # What is queued is never thrown out for want of room.
  redis_configs = {
    maxmemory-policy = "noeviction"
  }
}
