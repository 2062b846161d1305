"""Billing done the slow way: loops over lists, exact numbers, nothing shared with the product."""
