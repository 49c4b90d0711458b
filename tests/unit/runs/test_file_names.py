"""Texts of an archive, as a screen may show them; which names are refused, test_bag tells."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effectstudie.runs.file_names import refused, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [("één bestand.md", "één bestand.md"), ("\x1b[2J", "\\x1b[2J"), ("a\u202eb", "a\\u202eb"), ("\udcff", "\\udcff")],
)
def test_what_is_not_printed_stands_there_as_a_code(text, shown):
    assert visible(text) == shown


def test_a_text_without_end_is_cut_off():
    assert visible("x" * 1000) == "x" * 300 + "…" and visible("x" * 300) == "x" * 300


@given(st.lists(st.text(st.characters(), min_size=0, max_size=12), max_size=6))
def test_names_that_are_not_refused_can_stand_beside_each_other_everywhere(paths):
    taken = sorted(set(paths) - set(refused(paths)))
    assert refused(taken) == []
    for path in taken:
        assert visible(path) == path and path.encode()
        assert not path.startswith("/") and not {"", ".", ".."} & set(path.split("/")) and "\\" not in path
    for spelled in (str.lower, str.upper, str.casefold, lambda path: unicodedata.normalize("NFD", path)):
        assert len({spelled(path) for path in taken}) == len(taken)
