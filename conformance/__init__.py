"""Conformance: the scenarios of the specification, run against a foreign API or issuer over HTTP."""
