"""A backend-for-frontend: the frontend's server calls the API for its pages, and no token reaches the browser."""

from .app import create_app
from .policy import Policy

__all__ = ["Policy", "create_app"]
