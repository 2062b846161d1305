"""The analyst's dashboard: reads published snapshots, writes nothing."""
