"""The checksums of an archive: some anybody can make, and some take the key of the pseudonyms."""

from functools import partial

import pytest
from given.small_run import KEY, packed, small_run

from effectstudie.archive.bag import Finding
from effectstudie.archive.checking.exports import raw_problems, sums_of
from effectstudie.archive.checking.reading import unzipped
from effectstudie.privacy.pseudonyms import sealed
from effectstudie.shared.errors import EffectstudieError

NAMES = ["T0_jeugd.csv", "corrections.csv"]


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "project")


@pytest.fixture
def key(tmp_path):
    (tmp_path / "key").write_bytes(KEY + b"\n")
    (tmp_path / "other").write_bytes(b"other" * 8)
    return tmp_path / "key"


@pytest.mark.parametrize(("internal", "kind"), [(True, str), (False, partial(sealed, key=KEY))])
def test_exports_of_then_are_known_and_a_changed_byte_in_one_is_found(run, key, internal, kind):
    files = unzipped(packed(run, internal).content)[1]
    sum_of = sums_of(files, None, [key.with_name("none"), key.with_name("other"), key])
    assert sum_of("0a") == kind("0a")
    raw = run.project / "exports"
    assert raw_problems(files, raw, sum_of) == []
    for name in NAMES:
        (raw / name).write_bytes((raw / name).read_bytes() + b"\n")
    assert raw_problems(files, raw, sum_of) == [Finding(name, "changed") for name in NAMES]


def test_without_the_key_it_is_known_which_are_missing_and_no_more(run, key):
    files = unzipped(packed(run).content)[1]
    assert sums_of(files, None, [key.with_name("other")]) is None
    (run.project / "exports/T0_jeugd.csv").unlink()
    (run.project / "exports/corrections.csv").write_text("other")
    assert raw_problems(files, run.project / "exports", None) == [Finding("T0_jeugd.csv", "missing")]


@pytest.mark.parametrize("name", ["other", "none"])
def test_a_key_that_is_not_that_of_the_archive_is_told(run, key, name):
    files = unzipped(packed(run).content)[1]
    with pytest.raises(EffectstudieError) as error:
        sums_of(files, key.with_name(name), [key])
    assert str(error.value) == (
        f"{key.with_name(name)}: is not the key that this archive was made with; give that one, or none."
    )
