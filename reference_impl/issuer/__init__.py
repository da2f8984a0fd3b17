"""The reference issuer: what Better Auth does in production, in the few lines the contract needs.

It signs people up and in, keeps their sessions in one cookie, mints access tokens of five minutes, and publishes the
keys they are verified with.
"""

from .administration import Operator
from .app import create_app
from .policy import Algorithm, ConfigurationError, Environment, Policy, Profile

__all__ = ["Algorithm", "ConfigurationError", "Environment", "Operator", "Policy", "Profile", "create_app"]
