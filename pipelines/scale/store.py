"""The store: where tasks find their facts and leave their tables. Any URL that fsspec knows: a folder, S3, memory."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import fsspec


@dataclass(frozen=True)
class Store:
    """A folder at a URL; every machine that works must reach it under the same URL."""

    url: str

    @property
    def files(self) -> fsspec.AbstractFileSystem:
        """The file system behind the URL."""
        return fsspec.url_to_fs(self.url)[0]

    def attach(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Let a connection read and write URLs of the store; DuckDB itself knows those that begin with `file:`."""
        protocol = fsspec.core.split_protocol(self.url)[0]
        if protocol != "file" and not connection.filesystem_is_registered(protocol):
            connection.register_filesystem(self.files)

    def path(self, *names: str) -> str:
        """The URL of something below."""
        return "/".join((self.url, *names))

    def below(self, *names: str) -> "Store":
        """A folder in the store, made where a file system wants that."""
        folder = Store(self.path(*names))
        folder.files.makedirs(folder.url, exist_ok=True)
        return folder

    def find(self, *names: str) -> list[str]:
        """URLs of all files below a folder, in order."""
        return sorted(self.files.unstrip_protocol(path) for path in self.files.find(self.path(*names)))

    def put(self, name: str, written: Mapping[str, object]) -> None:
        """Write a small JSON file that is there whole or not at all."""
        unfinished = self.path(f"{name}.unfinished")
        self.files.pipe_file(unfinished, json.dumps(written, ensure_ascii=False).encode())
        self.files.mv(unfinished, self.path(name))

    def get(self, name: str) -> Any:
        """Read it; None where it is not."""
        try:
            return json.loads(self.files.cat_file(self.path(name)))
        except FileNotFoundError:
            return None

    def remove(self) -> None:
        """Remove the folder and all it holds, if it is there."""
        if self.files.exists(self.url):
            self.files.rm(self.url, recursive=True)
