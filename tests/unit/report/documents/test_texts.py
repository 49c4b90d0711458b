import pytest

from effectstudie.report.documents.texts import TEXTS, checked, filled, title, to_html
from effectstudie.shared.errors import InputError

KNOWN = {"n.approach.household": "51", "label.approach": "Multifocus"}


def test_placeholders_become_the_printed_numbers():
    texts = {"inleiding.md": "Er zijn {{ n.approach.household }} gezinnen\nmet {{label.approach}}."}
    assert filled(texts, KNOWN) == {"inleiding.md": "Er zijn 51 gezinnen\nmet Multifocus."}


def test_every_placeholder_that_names_nothing_is_told_with_its_place():
    texts = {"inleiding.md": "Een\n{{ n.aproach.household }}", "conclusie.md": "{{ beta }} {{ 7 * 7 }}"}
    with pytest.raises(InputError) as caught:
        filled(texts, KNOWN)
    first, second, third = caught.value.problems
    assert first == (
        "inleiding.md, line 2: placeholder {{ n.aproach.household }} names nothing of this run (did you mean "
        "n.approach.household?). Names begin with label., n.; all stand under placeholders in render.json of the study."
    )
    assert second.startswith("conclusie.md, line 1: placeholder {{ beta }} names nothing")
    assert "{{ 7 * 7 }}" in third


@pytest.mark.parametrize("text", ["{{ n.approach.household", "{% if x %}", "label.approach }}"])
def test_braces_that_are_no_placeholder_are_an_error(text):
    with pytest.raises(InputError, match=r"werving.md, line 1: .* does not belong to a placeholder"):
        filled({"werving.md": text}, KNOWN)


NEEDED = {f"report/twente/{name}.md": f"# {name}" for name in TEXTS}


def problems_of(texts, **options):
    with pytest.raises(InputError) as caught:
        checked({**NEEDED, **texts}, KNOWN, **options)
    return caught.value.problems


def test_texts_are_checked_and_filled_together():
    ready = checked({**NEEDED, "report/twente/werving.md": "{{ label.approach }}"}, KNOWN)
    assert ready == {**{name: f"# {name}" for name in TEXTS}, "werving": "Multifocus"}


def test_every_text_that_is_missing_is_named():
    with pytest.raises(InputError) as caught:
        checked(
            {path: text for path, text in NEEDED.items() if "aanpak" not in path and "conclusie" not in path}, KNOWN
        )
    assert caught.value.problems == [
        f"The report text {name}.md is missing; write it beside the other texts of the study."
        for name in ("aanpak", "conclusie")
    ]


def test_a_text_with_a_misspelt_name_is_not_passed_over():
    assert problems_of({"report/twente/citatn.md": "x"}) == [
        "report/twente/citatn.md: has no place in the report (did you mean citaten?); the texts are inleiding, aanpak, "
        "onderzoeksvragen, werving, conclusie, samenvatting, citaten, interviews."
    ]


def test_words_of_respondents_need_a_person_who_cleared_them():
    words = "# Waarom\n\n> Het hielp. {{ label.approach }}\n"
    for first in ("", "<!-- vrijgegeven -->\n", "<!-- vrijgegeven door op 2026-01-02 -->\n"):
        assert problems_of({"t/citaten.md": first + words}) == [
            "t/citaten.md: nobody cleared it; when nobody can be known from its words, make its first line "
            "<!-- vrijgegeven door NAAM op JJJJ-MM-DD -->."
        ]
    cleared = f"<!-- vrijgegeven door J. Jansen op 2026-01-02 -->\n{words}"
    assert checked({**NEEDED, "t/citaten.md": cleared}, KNOWN)["citaten"] == "\n# Waarom\n\n> Het hielp. Multifocus\n"


def test_words_of_respondents_may_not_name_anybody():
    text = "<!-- vrijgegeven door J. Jansen op 2026-01-02 -->\n> Bel 06-12345678.\n> {{ n.nobody }}"
    first, second = problems_of({"t/interviews.md": text})
    assert first == "t/interviews.md, line 2: seems to hold a telephone number; a report names nobody."
    assert second.startswith("t/interviews.md, line 3: placeholder {{ n.nobody }} names nothing of this run")


def test_a_number_that_may_not_be_shown_is_not_said_to_be_unknown():
    text = {"report/twente/werving.md": "{{ value.injury.approach.T0 }}\n{{ sentences.injury }}"}
    assert problems_of(text, outcomes=["injury"]) == [
        f"report/twente/werving.md, line {line}: placeholder {{{{ {name} }}}} may not be shown here, as its groups "
        "are too small; leave it out."
        for line, name in ((1, "value.injury.approach.T0"), (2, "sentences.injury"))
    ]


def test_markdown_takes_its_place_among_the_headings_and_brings_no_html():
    assert to_html("# Kop\n\n## Onder\n\n<b>x</b>", 2) == "<h2>Kop</h2>\n<h3>Onder</h3>\n<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


def test_the_title_is_the_first_heading():
    assert title("\n# A & B\n\ntekst\n# C") == "A &amp; B"
    assert title("tekst") == ""
