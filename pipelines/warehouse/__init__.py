"""The warehouse: its connection, its models, the night's order, publication."""
