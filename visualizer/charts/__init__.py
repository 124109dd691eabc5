"""Charts of what many runs gave, as PNG and SVG."""
