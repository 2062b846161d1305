"""The pages of a contract."""
