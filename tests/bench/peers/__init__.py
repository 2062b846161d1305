"""One written subset of the month close (README.md here), reckoned by several engines from the same files to the same kopecks."""
