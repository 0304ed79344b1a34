"""Versions such as 1.4.0, as far as anything follows from them."""


def major(version: str) -> int:
    """The first number of a version."""
    return int(version.split(".", 1)[0])
