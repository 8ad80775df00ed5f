"""What an installation stands on: database, store, queues, settings."""
