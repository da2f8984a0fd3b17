"""The translation of the specification's sentences into acts upon a target."""
