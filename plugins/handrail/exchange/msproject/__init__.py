"""Microsoft Project XML both ways: a plan comes in with a report of what did not, and goes out as Microsoft Project reads it."""
