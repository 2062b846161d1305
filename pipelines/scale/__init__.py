"""A replay by bucket of accounts on the workers of a cluster, over Parquet in a store: the same SQL and kopecks."""

from pipelines.scale.apart import Apart, replay_accounts_apart

__all__ = ["Apart", "replay_accounts_apart"]
