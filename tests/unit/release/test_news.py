import pytest
from given.paths import ROOT

from effectstudie.release.news import LISTS, news
from effectstudie.shared.yaml_files import read_yaml

WORDS = read_yaml(ROOT / "resources/pages/compare/since.nl.yaml")["counts"]


@pytest.mark.parametrize(
    ("came", "told"),
    [
        ({}, ""),
        ({"waves": ["T3"]}, "1 meting"),
        ({"waves": ["T3"], "exports": ["a", "b", "c"], "regions": {"Zuid"}}, "1 meting, 3 bestanden en 1 regio"),
    ],
)
def test_what_came_is_counted_in_words(came, told):
    assert news(dict.fromkeys(LISTS, ()) | came, WORDS) == told


def test_whatever_can_come_has_its_words():
    assert set(WORDS) == set(LISTS)
