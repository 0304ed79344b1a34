"""Lists and plans of others become plans, and plans become theirs. Each part is imported by itself: few commands need two."""
