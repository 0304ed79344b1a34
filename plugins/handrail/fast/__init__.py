"""The fast way to the site: MkDocs makes the handbook and the frames of pages, rarely; everything else is written straight."""
