"""The forest plot: every outcome once, in letters that can be read, on the side that its value says."""

import pandas as pd
import pytest
from given.figures import NAN, TEXTS, WORDS, outside, painted, smallest_text, touching

from effectstudie.report.figures.descriptions import forest_alt
from effectstudie.report.figures.forest import forest_figure
from effectstudie.report.figures.style import RULE

MILLIMETRES = 25.4
WORDS_OF_A_VERDICT = ["onbeslist", "beter", "geen verschil van belang", "beter, maar minder dan van belang"]


def outcomes(count, half=0.3, title="Klachten van jonge kinderen {}"):
    """Of three themes, the first and the last of them primary."""
    rows = [
        {
            "theme": ["Geweld", "Welzijn", "Risicofactoren"][place * 3 // count],
            "title": title.format(place),
            "primary": place in (0, count - 1),
            "value": (value := 0.1 * (place % 7 - 3)),
            "ci_low": value - half,
            "ci_high": value + half,
            "margin": NAN if place % 4 == 0 else 0.2,
            "natural": f"{place},3 punten minder [−8; 32]",
            "word": WORDS_OF_A_VERDICT[place % 3],
        }
        for place in range(count)
    ]
    return pd.DataFrame(rows)


LONG = outcomes(9, title="Zich veel minder bekwaam voelen als opvoeder van jonge kinderen dan gewenst {}").assign(
    word=WORDS_OF_A_VERDICT[3], natural="12,3 procentpunten meer [−1.208,4; 1.320,6]"
)
KINDS = {"one": outcomes(1), "twenty": outcomes(20), "long": LONG, "wide": outcomes(6, half=4)}


@pytest.mark.parametrize("rows", KINDS.values(), ids=list(KINDS))
def test_the_same_rows_give_the_same_bytes_in_letters_of_at_least_eight_points(rows):
    svg = forest_figure(rows, WORDS)
    assert svg == forest_figure(rows, WORDS)
    assert smallest_text(svg) >= 8


@pytest.mark.parametrize("rows", KINDS.values(), ids=list(KINDS))
def test_no_text_touches_another_or_runs_off(rows, monkeypatch):
    figure = painted(monkeypatch, lambda: forest_figure(rows, WORDS))
    assert touching(figure) == []
    assert outside(figure) == []


def test_twenty_outcomes_fit_in_two_fifths_of_a_page(monkeypatch):
    width, height = painted(monkeypatch, lambda: forest_figure(KINDS["twenty"], WORDS)).get_size_inches()
    assert (width * MILLIMETRES, height * MILLIMETRES) == (pytest.approx(160), pytest.approx(95, abs=5))


def marks(figure, *markers):
    return [line for line in figure.axes[0].lines if line.get_marker() in markers]


@pytest.mark.parametrize("rows", KINDS.values(), ids=list(KINDS))
def test_a_point_stands_on_the_side_of_its_value_and_primary_ones_come_first_with_a_mark_of_their_own(
    rows, monkeypatch
):
    figure = painted(monkeypatch, lambda: forest_figure(rows, WORDS))
    zero = next(line.get_xdata()[0] for line in figure.axes[0].lines if len(set(line.get_xdata())) == 1
                and len(line.get_xdata()) == 2)  # fmt: skip
    points = marks(figure, "D", "o")
    ordered = pd.concat([rows[rows["primary"]], rows[~rows["primary"]]])
    assert [line.get_marker() for line in points] == ["D" if one else "o" for one in ordered["primary"]]
    heights = [line.get_ydata()[0] for line in points]
    assert heights == sorted(heights)
    for line, value in zip(points, ordered["value"], strict=True):
        away = line.get_xdata()[0] - zero
        assert away == pytest.approx(0, abs=1e-6) if abs(value) < 1e-9 else away * value > 0


def test_an_interval_that_is_cut_off_has_an_arrow_and_a_whole_one_has_none(monkeypatch):
    cut, whole = (painted(monkeypatch, lambda n=n: forest_figure(KINDS[n], WORDS)) for n in ("wide", "twenty"))
    assert len(marks(cut, "<", ">")) == 2 * len(KINDS["wide"])
    assert marks(whole, "<", ">") == []


def test_a_margin_lies_behind_its_own_row_only(monkeypatch):
    rows = KINDS["twenty"]
    figure = painted(monkeypatch, lambda: forest_figure(rows, WORDS))
    bands = [band for band in figure.axes[0].collections if band.get_facecolor()[0][:3].tolist() == colour(RULE)]
    assert len(bands) == rows["margin"].notna().sum() + 1  # one explains it


def colour(code):
    return [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def test_what_has_no_value_has_texts_and_no_point(monkeypatch):
    rows = outcomes(5).assign(value=NAN, ci_low=-0.1, ci_high=0.2)
    figure = painted(monkeypatch, lambda: forest_figure(rows, WORDS))
    assert marks(figure, "D", "o") == []
    assert forest_figure(rows, WORDS) == forest_figure(rows.assign(ci_low=NAN), WORDS)


@pytest.mark.parametrize("rows", KINDS.values(), ids=list(KINDS))
def test_all_that_the_figure_says_is_in_its_description(rows, monkeypatch):
    figure = painted(monkeypatch, lambda: forest_figure(rows, WORDS))
    written = " ".join(text.get_text() for text in figure.texts)
    said = forest_alt(rows, WORDS, TEXTS)
    for row in rows.to_dict("records"):
        assert f"{row['title']} {row['natural']}, {row['word']}" in said
        assert all(word in written for word in row["title"].split())
    headings = [WORDS["forest"]["primary"], *dict.fromkeys(rows.loc[~rows["primary"], "theme"])]
    assert [said.index(f"{heading}: ") for heading in headings] == sorted(said.index(f"{h}: ") for h in headings)
