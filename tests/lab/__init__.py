"""Tests that need servers: PostgreSQL, S3, SQS."""
