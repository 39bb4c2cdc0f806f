# The defaults are the deployment document's.

variable "project_id" {
  description = "Your Google Cloud project."
  type        = string
}

variable "region" {
  description = "Where everything is."
  type        = string
  default     = "us-central1"
}

variable "commit" {
  description = "The commit whose image is deployed; going back is naming an older one."
  type        = string
  default     = "latest"
}

variable "public_base_url" {
  description = "The https address that Telegram and Slack post to; empty: the HTTP API alone."
  type        = string
  default     = ""
}

variable "more_secrets" {
  description = "Settings whose values you put into Secret Manager: [\"TELEGRAM_BOT_TOKEN\"]."
  type        = set(string)
  default     = []
}

variable "database_version" {
  description = "Which PostgreSQL."
  type        = string
  default     = "POSTGRES_14"
}

variable "database_tier" {
  description = "The smallest; from about five workers on, db-g1-small."
  type        = string
  default     = "db-f1-micro"
}

variable "database_connections" {
  description = "max_connections of the database. Its own default for the smallest is 25."
  type        = number
  default     = 60

  validation {
    condition     = var.database_connections >= 10 + var.instances_max * (2 * var.database_pool_size + var.checkpoint_pool_size)
    error_message = "As many APIs and workers as instances_max allows would have more connections than that."
  }
}

variable "database_pool_size" {
  description = "DATABASE_POOL_SIZE of every process."
  type        = number
  default     = 2
}

variable "checkpoint_pool_size" {
  description = "CHECKPOINT_POOL_SIZE of every worker."
  type        = number
  default     = 1
}

variable "instances_min" {
  description = "APIs and workers that always run: 1, not 0, so that nobody waits for a start."
  type        = number
  default     = 1
}

variable "instances_max" {
  description = "APIs and workers at most, each."
  type        = number
  default     = 10
}

variable "redis_gb" {
  description = "Size of Redis."
  type        = number
  default     = 1
}

variable "bucket" {
  description = "For archived checkpoints. Names of buckets are shared by all the world."
  type        = string
  default     = "family-scheduler-checkpoints"
}

variable "alert_email" {
  description = "Who is told when something is wrong; empty: nobody."
  type        = string
  default     = ""
}

variable "repository" {
  description = "OWNER/NAME on GitHub, connected to Cloud Build, whose main is released; empty: none."
  type        = string
  default     = ""
}
