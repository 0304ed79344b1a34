"""Charts as values: positions and words, made here; the templates beside write them as HTML and SVG without any script."""
