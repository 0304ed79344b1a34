"""Audits of a period: everything that came in, a sample of it, merges judged again, and a pack that can be checked later."""
