"""One new record: its id chosen, what is known filled in, spliced into the file it belongs to, and valid at once."""
