"""Data beside the repository that some tests measure against. Its absence is an error, never a skipped test."""

from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared(path: str) -> Path:
    """A file of the shared data by its path there, such as `gmpp/uk_2023.csv`."""
    found = SHARED / path
    if not found.is_file():
        message = f"../shared/data/{path} (seen from the repository) is missing: put the shared data there"
        raise FileNotFoundError(message)
    return found
