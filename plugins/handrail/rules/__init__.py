"""The rule language and the built-in rules."""
