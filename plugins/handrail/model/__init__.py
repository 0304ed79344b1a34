"""The nouns of a governed repository."""
