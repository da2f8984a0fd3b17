"""Record what scenarios do: a pytest plugin and the evidence it writes."""
