"""The steering pack: what a board reads before it meets, as slides or as PDF, from the same figures as the site.

`gather` makes plain values of one board's projects, `paper` and `slides` write them. The same commit gives the same bytes.
"""
