import pytest
from given.across import across, row
from given.figures import outside, painted, smallest_text, texts_of, touching
from given.regions import NAN, REGIONS, WORDS, inputs

from effectstudie.national.grid import HIDDEN, LOOKS, WITHOUT, grid_alt, grid_figure, read_grid, tiles_of
from effectstudie.national.inputs import studies_of
from effectstudie.shared.errors import ConfigError

GRID, SAID = inputs(2).grid, WORDS["grid"]


def tiles(number=2, verdict="better", regions=REGIONS, grid=GRID):
    studies = studies_of(inputs(number))
    one = across(regions={study.name: row(-3, 1, verdict) for study in studies.values()})
    return tiles_of(one, studies, regions, grid)


def test_every_region_of_the_configuration_has_a_place_of_its_own():
    found = tiles()
    assert len(found) == len(REGIONS) == len({tile.place for tile in found})
    by_name = {tile.name: tile for tile in found}
    assert by_name["Haaglanden"].place == tuple(GRID["Den Haag"]["place"]) and "Den Haag" not in by_name
    assert {name for name, tile in by_name.items() if tile.verdict} == {"Groningen", "Haaglanden"}
    assert by_name["Zaanstreek-Waterland"].lines == ["Zaanstreek-", "Waterland"]


@pytest.mark.parametrize(
    "grid", [{}, {name: {"place": [4, 1]} for name in REGIONS}, {"Utrecht": {"lines": ["Utrecht"]}}]
)
def test_regions_without_a_place_get_a_free_one(grid):
    found = tiles(grid=grid, regions=[*REGIONS, "Nieuwland"])
    assert len({tile.place for tile in found}) == len(found) == len(REGIONS) + 1
    assert all(1 <= column <= 4 and line >= 1 for column, line in (tile.place for tile in found))


def test_a_study_of_a_region_that_is_not_listed_has_a_tile():
    assert "Haaglanden" in {tile.name for tile in tiles(regions=["Groningen"])}


def test_two_studies_of_a_region_have_a_tile_each():
    given = inputs(2)
    given.studies["studie_2"]["approach"]["regio"] = "Groningen"
    found = tiles_of(across(regions={"Groningen": row(1)}), studies_of(given), REGIONS, GRID)
    by_name = {tile.name: tile.verdict for tile in found}
    assert by_name["Haaglanden"] == WITHOUT and by_name["Den Haag"] == WITHOUT and len(found) == len(REGIONS) + 1


def test_what_may_not_be_shown_is_said_to_be_so():
    given = inputs(2)
    found = tiles_of(across(regions={"Groningen": row(NAN)}), studies_of(given), REGIONS, GRID)
    assert {tile.name: tile.verdict for tile in found}["Groningen"] == HIDDEN


@pytest.mark.parametrize("verdict", [*LOOKS, HIDDEN])
def test_a_tile_says_its_verdict_in_words_and_with_a_sign(monkeypatch, verdict):
    found = tiles(13, verdict)
    figure = painted(monkeypatch, lambda: grid_figure(found, SAID))
    assert touching(figure) == [] and outside(figure) == [] and smallest_text(grid_figure(found, SAID)) >= 8
    said = " ".join(text.get_text() for text in texts_of(figure))
    assert said.count(SAID["said"][verdict].split()[0]) >= 13
    assert set(LOOKS) < set(SAID["said"]) and len({SAID["signs"][name] for name in LOOKS}) == len(LOOKS)


def test_the_description_tells_each_region_with_an_approach():
    text = grid_alt("Gevoel van veiligheid", tiles(verdict="undecided"), SAID)
    assert "Haaglanden onbeslist" in text and "Groningen onbeslist" in text and text.endswith(": 11.")
    assert "van geen enkele regio" in grid_alt("X", tiles_of(across(regions={}), {}, REGIONS, GRID), SAID)


@pytest.mark.parametrize(
    "entry", ["[4, 1]", "{place: 4}", "{place: [5, 1]}", "{place: [4, 0]}", "{places: [1, 1]}", "{lines: x}"]
)
def test_a_place_that_is_none_is_told_with_its_region(tmp_path, entry):
    file = tmp_path / "grid.yaml"
    file.write_text(f"Utrecht: {{place: [2, 4]}}\nTwente: {entry}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="region Twente: .* is no place") as found:
        read_grid(file)
    assert "Utrecht" not in str(found.value)


def test_an_empty_grid_is_one_of_free_places(tmp_path):
    (tmp_path / "grid.yaml").write_text("", encoding="utf-8")
    assert read_grid(tmp_path / "grid.yaml") == {}
