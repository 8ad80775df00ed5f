"""The API with Temporal, queues and workers at hand, and a policy that holds films."""
