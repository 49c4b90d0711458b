import re

import numpy as np
import pandas as pd
from given.planned import WORDS

from effectstudie.planning.curves import curves_figure

SAID = {**WORDS["figure"], "now": "nu: 51"}


def curves(*outcomes):
    households = [20, 60, 100]
    return pd.concat(
        pd.DataFrame(
            {"outcome": name, "households": households, "difference_sd": 3 * (1 + place) / np.sqrt(households)}
        )
        for place, name in enumerate(outcomes)
    )


def paths(svg):
    """The line of each colour as it is drawn: how many there are."""
    return {colour: svg.count(f"stroke: {colour}") for colour in set(re.findall(r"stroke: (#\w{6})", svg))}


def test_named_outcomes_have_a_colour_and_the_others_the_same_grey():
    named = curves_figure(curves("a", "b", "c"), {"a": "Geweld", "b": "Veiligheid"}, None, SAID).decode()
    plain = curves_figure(curves("a", "b", "c"), {}, None, SAID).decode()
    assert "#0b4f6c" in paths(named) and "#b8560a" in paths(named)
    assert "#0b4f6c" not in paths(plain)
    assert paths(plain)["#d3d9dc"] == paths(named)["#d3d9dc"] + 2


def test_the_families_that_there_are_have_a_line_where_they_lie_between_the_others():
    drawn = [curves_figure(curves("a"), {"a": "Geweld"}, now, SAID) for now in (None, 51, 7, 300)]
    assert drawn[1] != drawn[0] and drawn[2] == drawn[3] == drawn[0]


def test_the_same_lines_give_the_same_bytes_and_no_letter_of_the_machine():
    first, second = (curves_figure(curves("a", "b"), {"b": "Geweld"}, 30, SAID) for _ in range(2))
    assert first == second and b"<text" not in first and first.startswith(b"<?xml")


def test_outcomes_of_which_nothing_is_known_have_no_line():
    gone = curves("a", "b")
    gone.loc[gone["outcome"] == "b", "difference_sd"] = np.nan
    assert curves_figure(gone, {"a": "Geweld"}, None, SAID) == curves_figure(curves("a"), {"a": "Geweld"}, None, SAID)
    assert curves_figure(gone[gone["outcome"] == "b"], {"b": "Veiligheid"}, 30, SAID).startswith(b"<?xml")
