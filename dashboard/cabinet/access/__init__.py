"""Who somebody is and what they may do: passwords, sessions, one-time links, limits, the log of access."""
