"""Plans moved to a newer template, and all files to a newer format: only the lines that must change, shown before they do."""
