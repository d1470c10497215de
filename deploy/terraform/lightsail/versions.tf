terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.6"
    }
  }

  # The state holds the database's password: README.md. Its place is given by `terraform init -backend-config=…`.
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { project = var.name }
  }
}

# Lightsail's names and the numbers of Route 53's health checks live there and nowhere else.
provider "aws" {
  alias  = "global"
  region = "us-east-1"
  default_tags {
    tags = { project = var.name }
  }
}
