"""Engines side by side reckon the subset of tests/bench/peers to the same kopecks as the product."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.replay import replay
from tests.bench.peers import product, with_duckdb, with_pandas, with_polars
from tests.bench.peers.facts import insert_facts
from tests.bench.peers.same import fingerprint

PEERS = {
    "floor": with_duckdb.floor,
    "duckdb": with_duckdb.subset,
    "polars": with_polars.subset,
    "pandas": with_pandas.subset,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """300 accounts from November 2025, by the norm, to October 2026, by ranges: files for peers, results of the product."""
    folder = tmp_path_factory.mktemp("peers")
    with open_warehouse(replace(Settings(), home=folder, memory_limit="1GB")) as connection:
        insert_facts(connection, 300, 12)
        replay(connection, businesses=False)
        product.write_files(connection, folder / "files")
        product.write_results(connection, folder / "product")
        [(split, third, reckoned_otherwise)] = connection.execute(
            """
            select
                count(*) filter (zone <> 'all' and band in ('above_norm', 'band2')), count(*) filter (band = 'band3'),
                count(*) filter (kind <> 'charge' or basis <> 'reading')
            from ledger.charge_line
            """
        ).fetchall()
        assert split > 100
        assert third > 0
        assert reckoned_otherwise == 0
    return folder


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_reckons_the_subset_to_the_kopecks_of_the_product(peer: str, folder: Path) -> None:
    PEERS[peer](folder / "files", folder / peer)
    assert fingerprint(folder / peer) == fingerprint(folder / "product")
