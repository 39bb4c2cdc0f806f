# The limits are the document's. These are what Google measures by itself; what the product measures
# is watched by Prometheus (deploy/observability).

resource "google_monitoring_notification_channel" "email" {
  count        = var.alert_email == "" ? 0 : 1
  display_name = "Family Scheduler"
  type         = "email"
  labels       = { email_address = var.alert_email }
}

locals {
  run = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = \"api-service\""

  alerts = {
    api_latency = {
      name   = "API: the slowest twentieth takes more than 2 s"
      filter = "${local.run} AND metric.type = \"run.googleapis.com/request_latencies\""
      limit  = 2000
      align  = "ALIGN_PERCENTILE_95"
      reduce = "REDUCE_MAX"
    }
    database_cpu = {
      name   = "Database: processors over 80 %"
      filter = "resource.type = \"cloudsql_database\" AND metric.type = \"cloudsql.googleapis.com/database/cpu/utilization\""
      limit  = 0.8
      align  = "ALIGN_MEAN"
      reduce = "REDUCE_MAX"
    }
    database_connections = {
      name   = "Database: nine tenths of its connections are taken"
      filter = "resource.type = \"cloudsql_database\" AND metric.type = \"cloudsql.googleapis.com/database/postgresql/num_backends\""
      limit  = floor(0.9 * var.database_connections)
      align  = "ALIGN_MEAN"
      reduce = "REDUCE_SUM"
    }
    redis_memory = {
      name   = "Redis: memory over 80 %"
      filter = "resource.type = \"redis_instance\" AND metric.type = \"redis.googleapis.com/stats/memory/usage_ratio\""
      limit  = 0.8
      align  = "ALIGN_MEAN"
      reduce = "REDUCE_MAX"
    }
  }
}

resource "google_monitoring_alert_policy" "measured" {
  for_each              = local.alerts
  display_name          = each.value.name
  combiner              = "OR"
  notification_channels = google_monitoring_notification_channel.email[*].id

  conditions {
    display_name = each.value.name
    condition_threshold {
      filter          = each.value.filter
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.limit
      duration        = "300s"
      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = each.value.align
        cross_series_reducer = each.value.reduce
      }
    }
  }
}

# A ratio takes two filters.
resource "google_monitoring_alert_policy" "errors" {
  display_name          = "API: more than 5 % of its answers are errors"
  combiner              = "OR"
  notification_channels = google_monitoring_notification_channel.email[*].id

  conditions {
    display_name = "5xx among all"
    condition_threshold {
      filter             = "${local.run} AND metric.type = \"run.googleapis.com/request_count\" AND metric.labels.response_code_class = \"5xx\""
      denominator_filter = "${local.run} AND metric.type = \"run.googleapis.com/request_count\""
      comparison         = "COMPARISON_GT"
      threshold_value    = 0.05
      duration           = "300s"
      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
      }
      denominator_aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
}

# What the product itself calls an error, wherever it runs.
resource "google_logging_metric" "errors" {
  name   = "family-scheduler-errors"
  filter = "resource.type=\"cloud_run_revision\" AND severity>=ERROR AND resource.labels.service_name=(\"api-service\" OR \"agent-workers\")"
  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
}
