"""The nightly billing pipeline: channel files in, postings and balances out."""
