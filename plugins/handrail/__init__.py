"""Handrail: project governance in Git."""

__version__ = "0.1.0"
