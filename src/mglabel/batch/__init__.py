"""The same `analyze` over many inputs."""
