"""New repositories, projects and records, made from the starters in `standards/templates/`."""
