# What Google measures, on one page. What the product measures is on Grafana's (deploy/observability).

locals {
  charts = {
    "Requests a second" = {
      filter = "${local.run} AND metric.type = \"run.googleapis.com/request_count\""
      align  = "ALIGN_RATE"
      reduce = "REDUCE_SUM"
    }
    "Latency of the slowest twentieth, ms" = {
      filter = "${local.run} AND metric.type = \"run.googleapis.com/request_latencies\""
      align  = "ALIGN_PERCENTILE_95"
      reduce = "REDUCE_MAX"
    }
    "Instances of APIs and workers" = {
      filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/container/instance_count\""
      align  = "ALIGN_MAX"
      reduce = "REDUCE_SUM"
    }
    "Database: processors" = {
      filter = local.alerts.database_cpu.filter
      align  = "ALIGN_MEAN"
      reduce = "REDUCE_MAX"
    }
    "Database: connections" = {
      filter = local.alerts.database_connections.filter
      align  = "ALIGN_MEAN"
      reduce = "REDUCE_SUM"
    }
    "Redis: memory" = {
      filter = local.alerts.redis_memory.filter
      align  = "ALIGN_MEAN"
      reduce = "REDUCE_MAX"
    }
    "Errors in the logs" = {
      filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"logging.googleapis.com/user/${google_logging_metric.errors.name}\""
      align  = "ALIGN_RATE"
      reduce = "REDUCE_SUM"
    }
  }
}

resource "google_monitoring_dashboard" "family" {
  dashboard_json = jsonencode({
    displayName = "Family Scheduler"
    gridLayout = {
      columns = 2
      widgets = [
        for title, chart in local.charts : {
          title = title
          xyChart = {
            dataSets = [{
              plotType = "LINE"
              timeSeriesQuery = {
                timeSeriesFilter = {
                  filter = chart.filter
                  aggregation = {
                    alignmentPeriod    = "60s"
                    perSeriesAligner   = chart.align
                    crossSeriesReducer = chart.reduce
                  }
                }
              }
            }]
          }
        }
      ]
    }
  })
}
