import re

import pytest
from given.across import SPREAD, across, mean
from given.figures import outside, painted, smallest_text, texts_of, touching
from given.regions import COMPARED, NAN, inputs

from effectstudie.national.across import all_across
from effectstudie.national.forest import forest_alt, forest_figure, rows_of
from effectstudie.national.inputs import studies_of
from effectstudie.report.figures.style import WIDTH_NARROW

DOTS = {"U": -30.0, "V": 4.0}


def words_of(figure):
    return [text.get_text() for text in texts_of(figure)]


@pytest.mark.parametrize("number", [2, 13])
@pytest.mark.parametrize("outcome", ["total_violence", "sexual_violence", "clinical_trauma_child"])
def test_every_text_has_room_and_can_be_read(monkeypatch, number, outcome):
    given = inputs(number, outcomes={outcome: COMPARED[outcome]})
    (one,) = all_across(given, studies_of(given))
    figure = painted(monkeypatch, lambda: forest_figure(one))
    assert touching(figure) == [] and outside(figure) == []
    assert round(figure.get_size_inches()[0] * 25.4) == WIDTH_NARROW
    svg = forest_figure(one)
    assert smallest_text(svg) >= 8 and svg == forest_figure(one)


def test_the_good_side_is_right_also_where_lower_is_better(monkeypatch):
    """Numbers along the axis go down from left to right for violence, and up for safety."""
    for one, falls in ((across(-3, 5, of=mean(1)), True), (across(-0.3, 0.5, outcome="safety", of=mean(0.1)), False)):
        texts = texts_of(painted(monkeypatch, lambda one=one: forest_figure(one)))
        axis = {
            text.get_position()[0]: float(text.get_text().replace("−", "-").replace(",", "."))
            for text in texts
            if re.fullmatch(r"−?[\d,]+", text.get_text())
        }
        numbers = [axis[place] for place in sorted(axis)]
        assert len(numbers) >= 3 and numbers == sorted(numbers, reverse=falls)
        assert [text.get_text() for text in texts].count("gunstiger") == 1


def test_what_is_drawn_is_told_and_what_is_not_there_is_not(monkeypatch):
    full = across(-3, NAN, 5, of=mean(1, next_low=-9, next_high=9), spread=SPREAD, placebo=DOTS)
    said = words_of(painted(monkeypatch, lambda: forest_figure(full)))
    assert {"niet te tonen", "Gemiddeld", "Een volgende regio", "Zonder aanpak", "1 [−4;\u00a06]"} <= set(said)
    assert "een regio zonder aanpak" in said
    plain = words_of(painted(monkeypatch, lambda: forest_figure(across(-3, 5))))
    assert not {"Gemiddeld", "Een volgende regio", "Zonder aanpak", "een regio zonder aanpak"} & set(plain)


def test_the_description_has_every_number_of_the_figure():
    full = across(-3, NAN, 5, of=mean(1, next_low=-9, next_high=9), spread=SPREAD, placebo=DOTS)
    assert forest_alt(full).replace("\u00a0", " ") == (
        "Puntfiguur van Totaal geweld per regio, met het gunstige rechts. A −3 [−8; 2]; B niet te tonen; C 5 [0; 10]. "
        "Gemiddeld 1 [−4; 6]. Een volgende regio: −9 tot 9. Regio’s zonder aanpak liggen meestal tussen −20 en 20. "
        "Getoonde regio’s zonder aanpak: 2, van −30 tot 4."
    )


def test_the_data_of_the_figure_are_what_is_shown():
    rows = rows_of(across(-3, 5, of=mean(1, next_low=-9, next_high=9), placebo=DOTS))
    assert list(rows["kind"]) == ["region", "region", "mean", "next", "placebo", "placebo"]
    assert list(rows["value"].fillna(0)) == [-3, 5, 1, 0, -30, 4]
