"""Collect feature files as tests and record their scenarios (a pytest plugin, loaded by its entry point)."""
