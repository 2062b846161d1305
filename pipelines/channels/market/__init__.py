"""Prices of the market and network tariffs: reference files of a month, each taken whole or not at all."""
