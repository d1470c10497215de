variable "name" {
  description = "Name of everything that is made: lower-case letters, digits and hyphens."
  type        = string
  default     = "python-executor"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}$", var.name))
    error_message = "Lower-case letters, digits and hyphens, a letter first."
  }
}

variable "region" {
  description = "Region of the containers and the database."
  type        = string
  default     = "eu-central-1"
}

variable "portal_image" {
  description = "Image of the portal, by digest: ghcr.io/OWNER/portal@sha256:…"
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.portal_image))
    error_message = "Name the image by its digest, so that what runs is what was signed."
  }
}

variable "executor_image" {
  description = "Image of the executor, by digest: ghcr.io/OWNER/executor@sha256:…"
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.executor_image))
    error_message = "Name the image by its digest, so that what runs is what was signed."
  }
}

variable "power" {
  description = "Size of a node; portal and executor share it. medium: 2 GB, large: 4 GB, xlarge: 8 GB. Smaller ones have too little memory for runs."
  type        = string
  default     = "large"

  validation {
    condition     = contains(["medium", "large", "xlarge"], var.power)
    error_message = "medium, large or xlarge."
  }
}

variable "nodes" {
  description = "Number of nodes, 1 to 20, each with a portal and an executor. Two or more for deploys and losses that nobody notices."
  type        = number
  default     = 2

  validation {
    condition     = var.nodes >= 1 && var.nodes <= 20
    error_message = "1 to 20."
  }
}

variable "pool_capacity" {
  description = "Programs that run at the same time on a node. Times 256 MiB, and a gigabyte for the rest, it has to fit in `power`."
  type        = number
  default     = 8
}

variable "domain" {
  description = "Name under which learners find the page, such as learn.example.org. Empty: the address that Lightsail gives."
  type        = string
  default     = ""
}

variable "zone" {
  description = "Domain whose names Lightsail serves, such as example.org; it is made here. Empty: names are yours to set, from the outputs."
  type        = string
  default     = ""
}

variable "database_blueprint" {
  description = "PostgreSQL's version, as `aws lightsail get-relational-database-blueprints` lists it."
  type        = string
  default     = "postgres_16"
}

variable "database_bundle" {
  description = "Size of the database, as `aws lightsail get-relational-database-bundles` lists it; the _ha_ ones have a standby."
  type        = string
  default     = "micro_2_0"
}

variable "alarm_email" {
  description = "Who is told when the page is away; AWS asks this address to confirm first. Empty: nobody."
  type        = string
  default     = ""
}
