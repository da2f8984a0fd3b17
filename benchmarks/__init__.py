"""What the reference costs, as ratios measured within one run: `python -m benchmarks`."""
