"""The intake: files of the inbox become facts; every line is accepted, rejected with a reason, or known already."""
