"""What the specification is run against: the reference in this process, or a foreign server."""
