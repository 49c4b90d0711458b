"""For any good cohort: however its files are written, the same bytes; whatever is spoiled in them is told.

The bytes are those of the ingested tables, the manifests and the tables of the quality page. Two things differ: the
case numbers, which are those of the file (results_of counts them as in the usual order), and what tells of a spelling
(HOW_READ, labels, columns that were left out). Longer runs: CASES=500 pytest -n0 on this file.
"""

import os
import random

import pytest
from given.rewritten.cohorts import EXPORTS, good_cohort
from given.rewritten.harms import HARMS, spoil
from given.rewritten.taken import Results, results_of
from given.rewritten.writings import write_otherwise, write_plainly

from effectstudie.definitions.export_columns import ID_NAMES
from effectstudie.shared.errors import InputError

CASES = int(os.environ.get("CASES", 1))
# what spoils the bytes of a file may hit none that matter, such as a mark within free text
MAY_BE_HARMLESS = {"a file without its last bytes", "bytes that are nothing", "a cell too few or too many"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Of a seed the cohort, the folder where it was written plainly, and what was made of that."""
    made = {}

    def of(seed: int):
        if seed not in made:
            made.clear()
            folder, cohort = tmp_path_factory.mktemp("plain"), good_cohort(seed)
            write_plainly(cohort, folder)
            made[seed] = cohort, folder, results_of(folder, tmp_path_factory.mktemp("results"))
        return made[seed]

    return of


def differences(one: Results, other: Results) -> list[str]:
    return [
        f"{part}: {name}"
        for part in ("tables", "facts", "quality")
        for name, content in getattr(one, part).items()
        if content != getattr(other, part)[name]
    ]


@pytest.mark.parametrize("case", range(3 * CASES))
def test_another_way_of_writing_gives_the_same_bytes(case, plain, tmp_path):
    cohort, _, expected = plain(case // 3)
    (folder := tmp_path / "exports").mkdir()
    written = write_otherwise(cohort, folder, random.Random(f"harmless {case}"))
    try:
        found = results_of(folder, tmp_path, written.orders)
    except InputError as error:
        pytest.fail("\n".join([*error.problems, *written.notes]))
    assert differences(expected, found) == [], written.notes
    left_out = {export: {name.casefold() for name in names} for export, names in found.unmapped.items() if names}
    assert left_out == {export: {name.casefold() for name in names} for export, names in written.extra.items()}


@pytest.mark.parametrize("name", HARMS)
@pytest.mark.parametrize("seed", range(CASES))
def test_what_is_spoiled_is_refused_or_warned_of(name, seed, plain, tmp_path):
    cohort, unspoiled, expected = plain(seed)
    (folder := tmp_path / "exports").mkdir()
    written = spoil(name, cohort, unspoiled, folder, random.Random(f"{name} {seed}"))
    try:
        found = results_of(folder, tmp_path, written.orders)
    except InputError as error:
        ids = {text for table in cohort.tables.values() for of in ID_NAMES if of in table for text in table[of]}
        assert not [text for text in error.problems for one in ids if len(one) > 3 and one in text]
        return
    if not set(found.said) - set(expected.said):
        assert name in MAY_BE_HARMLESS and differences(expected, found) == [], written.notes


def test_the_kinds_are_many():
    assert len(HARMS) >= 50 and len(EXPORTS) == 7
