from html import escape as html_escape

import pytest

from effectstudie.texts.markdown import title, to_html
from effectstudie.texts.names import filled, known_names, name_problems

VALUES = {"n.approach.household": "51", "label.approach": "Multifocus"}


def test_placeholders_become_the_printed_numbers():
    text = "Er zijn {{ n.approach.household }} gezinnen\nmet {{label.approach}}."
    assert filled(text, "a.md", VALUES) == ("Er zijn 51 gezinnen\nmet Multifocus.", [])


def test_every_placeholder_that_names_nothing_is_told_with_its_place():
    first, second, third = name_problems("Een\n{{ n.aproach.household }}\n{{ beta }} {{ 7 * 7 }}", "a.md", VALUES)
    assert first == (
        "a.md, line 2: placeholder {{ n.aproach.household }} names nothing of this study (did you mean "
        "n.approach.household?). Names begin with label., n.; docs/teksten.md explains them."
    )
    assert second.startswith("a.md, line 3: placeholder {{ beta }} names nothing") and "{{ 7 * 7 }}" in third


@pytest.mark.parametrize("text", ["{{ n.approach.household", "{% if x %}", "label.approach }}"])
def test_braces_that_are_no_placeholder_are_an_error(text):
    (problem,) = name_problems(text, "a.md", VALUES)
    assert problem.startswith("a.md, line 1: ") and "does not belong to a placeholder" in problem


def test_a_number_that_may_not_be_shown_is_not_said_to_be_unknown():
    text = "{{ value.injury.approach.T0 }}\n{{ sentences.injury }} {{ ref.table.balance__own }}"
    assert filled(text, "a.md", VALUES)[1] == [
        "a.md, line 1: placeholder {{ value.injury.approach.T0 }} may not be shown here, as its groups are too small; "
        "leave it out.",
        "a.md, line 2: placeholder {{ sentences.injury }} may not be shown here, as its groups are too small; leave it "
        "out.",
        "a.md, line 2: placeholder {{ ref.table.balance__own }} is of a part that this report does not have; leave it "
        "out.",
    ]


def test_names_follow_from_the_configuration_of_a_study():
    study = {"outcomes": ["safety"], "matching": {"strategies": {}}}
    names = known_names(study, {"safety": {"section": "wellbeing"}, "injury": {"section": "violence"}})
    assert {"value.safety.control.follow_up", "sentences.safety", "ref.safety", "ref.wellbeing", "title"} <= names
    assert not [name for name in names if "injury" in name or "violence" in name]


@pytest.mark.parametrize(
    "label",
    ["_Sterk_ *samen*", "![x](https://x.nl/a.png)", "<img src=//x.nl>", "Dijk & Duin &copy;", "[@jansen2020]", "`x`",
     "# Kop", "- punt", "+ punt", "1. punt", "> citaat", "a | b", "::: casus", "\\$ en {0}",
     "$1 tot $2", "twee\nregels"],
)  # fmt: skip
def test_a_label_is_printed_as_it_is_written_whatever_markdown_would_make_of_it(label):
    text, problems = filled("{{ label.approach }} en {{ label.approach }}", "a.md", {"label.approach": label})
    shown = html_escape(label.replace("\n", " ")).replace("&#x27;", "'")
    assert problems == [] and to_html(text, 2, {}) == f"<p>{shown} en {shown}</p>\n"
    assert title(filled("# De {{ label.approach }}", "a.md", {"label.approach": label})[0]) == f"De {shown}"
