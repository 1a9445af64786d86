"""One analysis as a page, a gauge and a fragment for product pages: plain HTML and SVG, complete without a script."""
