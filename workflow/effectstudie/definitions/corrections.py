"""Corrections as they stand in their file: read from its bytes, and told apart by a digest."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


def rows_of(content: bytes) -> tuple[list[str], list[dict[str, Any]]]:
    """The header and the rows of a CSV file; UnicodeDecodeError where it is not UTF-8."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return list(reader.fieldnames or []), list(reader)


def digest_of(rows: Iterable[Mapping[str, Any]], export: str) -> str:
    """A digest of the corrections of an export: it shows a change without showing an id."""
    own = [row for row in rows if row.get("file") == export]
    return hashlib.sha256(json.dumps(own, sort_keys=True).encode()).hexdigest()


def content_of(path: str | Path | None) -> bytes:
    """The bytes of the file; none where there is no file."""
    return Path(path).read_bytes() if path is not None and Path(path).is_file() else b""


def digest_in(content: bytes, export: str) -> str:
    """The digest of the corrections of an export in these bytes, which may be of a file that was just spoiled."""
    try:
        return digest_of(rows_of(content)[1], export)
    except (UnicodeDecodeError, csv.Error, TypeError):
        return "cannot be read"
