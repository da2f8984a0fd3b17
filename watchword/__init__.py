"""Watchword's press: reads features, records their runs and publishes both."""
