# One account a role, each with what it needs and nothing else. The database asks for its password.

resource "google_service_account" "role" {
  for_each   = toset(["api", "workers"])
  account_id = "family-${each.value}"
}

resource "google_secret_manager_secret_iam_member" "setting" {
  for_each = {
    for pair in setproduct(keys(google_service_account.role), keys(local.secrets)) :
    join("/", pair) => { role = pair[0], setting = pair[1] }
  }
  secret_id = google_secret_manager_secret.setting[each.value.setting].id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.role[each.value.role].member
}

resource "google_storage_bucket_iam_member" "archive" {
  bucket = google_storage_bucket.checkpoints.name
  role   = "roles/storage.objectUser"
  member = google_service_account.role["workers"].member
}
