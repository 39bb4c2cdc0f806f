resource "google_sql_database_instance" "family" {
  name                = "family-scheduler-db"
  region              = var.region
  database_version    = var.database_version
  deletion_protection = true
  depends_on          = [google_service_networking_connection.managed]

  settings {
    tier            = var.database_tier
    edition         = "ENTERPRISE"
    disk_autoresize = true

    backup_configuration {
      enabled                        = true
      start_time                     = "03:00"
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = 7

      backup_retention_settings {
        retained_backups = 7
        retention_unit   = "COUNT"
      }
    }

    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.family.id
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    database_flags {
      name  = "max_connections"
      value = tostring(var.database_connections)
    }
  }
}

resource "google_sql_database" "family" {
  name     = "family"
  instance = google_sql_database_instance.family.name
}

# Kept in Terraform's state, which therefore belongs in a bucket that few can read.
resource "random_password" "database" {
  length  = 40
  special = false
}

resource "google_sql_user" "family" {
  name     = "family"
  instance = google_sql_database_instance.family.name
  password = random_password.database.result
}
