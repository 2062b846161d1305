"""The customers' cabinet: an application of its own, on its own port and host name (`make cabinet`)."""
