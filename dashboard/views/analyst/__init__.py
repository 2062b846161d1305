"""Pages for the analyst: the region, a district, an account."""
