"""The formats of the channels, as data: layouts, their fields, their rules. `data/README.md` says the same in words."""
