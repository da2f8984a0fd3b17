"""Watchword's press: reads features, records their runs and publishes both."""

EVIDENCE_FORMAT = 1
"""The version of the evidence's form; evidence of another is refused."""
