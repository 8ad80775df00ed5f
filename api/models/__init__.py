"""What is said over HTTP: bodies of requests and of answers."""
