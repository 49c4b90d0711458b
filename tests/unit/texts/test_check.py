"""Each kind of mistake in a text costs one sentence with file and line, and all of all files come together."""

import pytest
import yaml
from given.paths import ROOT
from given.pictures import png

from effectstudie.privacy.cleared import Cleared
from effectstudie.shared.errors import InputError
from effectstudie.shared.yaml_files import read_yaml
from effectstudie.texts.check import check_texts, study_problems, text_problems
from effectstudie.texts.names import known_names
from effectstudie.texts.places import PLACES

KNOWN = {"n.approach.household", "label.approach", "value.safety.approach.T0", "ref.flow"}
LIBRARY = {"jansen2020": {}, "vries2019": {}}
CLEARED = "<!-- vrijgegeven door J. Jansen op 2026-01-02 -->\n"


def problems_of(name, text, folder="t"):
    """What is told of a text, without the name of its file."""
    path = f"{folder}/{name}.md"
    problems = text_problems(path, text, KNOWN, LIBRARY)
    assert all(problem.startswith(path) for problem in problems)
    return [problem.removeprefix(path).removeprefix(", ").removeprefix(": ") for problem in problems]


def only(name, text, folder="t"):
    (problem,) = problems_of(name, text, folder)
    return problem


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tekst", "must begin with its one heading"),
        ("tekst\n\n# Kop", "must begin with its one heading"),
        ("## Kop", "must begin with its one heading"),
        ("# Een\n\n# Twee", "must begin with its one heading"),
        ("# Kop\n\n## Onder\n\n#### Diep", "line 5: skips a level of heading; write ###."),
        (" \n", "is empty; write it, or take the file away."),
        ("# Kop\n\n::: kader Titel\ntekst", "line 3: ::: kader Titel opens or closes nothing; a box begins with :::"),
        ("# Kop\n\n::: casus Titel\ntekst", "line 3: the case has no end; write ::: on a line behind it."),
        ("# Kop\n\n::: casus\ntekst\n:::", "line 3: the case has no title; write ::: casus Titel."),
        ("# Kop\n\n> Goed.\n> – een moeder", "line 3: whose words a quote is, stands on its last line behind `— `."),
        ("# Kop\n\nWoord[^a] en [^b].\n\n[^a]: Noot.", "line 3: note [^b] has no text; write [^b]: and the text"),
        ("# Kop\n\nWoord.\n\n[^a]: Noot.", "line 5: no word has note [^a]; write [^a] behind one."),
        ("# Kop\n\nZie [@jansen2021].", "line 3: [@jansen2021] cites what literatuur.yaml and literatuur.bib do not"),
        ("# Kop\n\nZie [@jansen2020 @x].", "line 3: [@jansen2020 @x] is no citation; write [@key], [@key, p. 3]"),
        ("# Kop\n\n{{ n.aproach.household }}", "line 3: placeholder {{ n.aproach.household }} names nothing of this"),
        ("# Kop\n\n{{ label.approach", "line 3: {{ does not belong to a placeholder; write a name between {{ and }}"),
        ("# Kop\n\nBel 06-12345678.", "line 3: seems to hold a telephone number; a report names nobody."),
    ],
)
def test_a_mistake_is_told_with_its_line(text, told):
    assert only("inleiding", text).startswith(told)


def test_the_nearest_names_are_told():
    assert "@jansen2021 (did you mean jansen2020?)" in only("aanpak", "# Kop\n\n[@jansen2021]")
    assert "(did you mean n.approach.household?)" in only("aanpak", "# Kop\n\n{{ n.aproach.household }}")


def test_what_is_right_costs_nothing(tmp_path):
    (tmp_path / "lijn.png").write_bytes(png())
    text = (
        "# Kop\n\nWoord[^a] en {{ n.approach.household }} [@jansen2020, p. 3; @vries2019].\n\n"
        '![Een lijn](lijn.png "Een lijn")\n\n::: casus Een gezin\n\nTekst.\n\n> Goed.\n> — een moeder\n\n:::\n\n'
        "## Onder\n\n[^a]: Noot met `[^geen]`.\n"
    )
    assert problems_of("voorwoord", text, tmp_path) == []


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        ("![](lijn.png)", "has no alternative text"),
        ("![lijn.png](lijn.png)", "has no alternative text"),
        ("![Een lijn](lijm.png)", "is not there; pictures in"),
        ("Tekst ![Een lijn](lijn.png) tekst", "must stand alone"),
        ("![Een lijn](../lijn.png)", "must lie in the folder of the text"),
        ("![Een lijn](lijn.gif)", "is no picture that a report can hold; allowed: .png, .jpg, .jpeg, .svg."),
    ],
)
def test_a_picture_is_looked_at(tmp_path, picture, told):
    (tmp_path / "lijn.png").write_bytes(png())
    problem = only("aanpak", f"# Kop\n\n{picture}\n", tmp_path)
    assert problem.startswith("line 3: picture ") and told in problem


@pytest.mark.parametrize(
    "asks",
    [
        "![Een baken](http://x.nl/a.png)",
        "![Een baken](//x.nl/a.png)",
        "![Een baken][b]\n\n[b]: http://x.nl/a.png",
        "![Een baken](file:///etc/passwd)",
        "![Een baken](data:image/png;base64,AAAA)",
        'Tekst <img src="http://x.nl/a.png">',
        "<IMG\tSRC=//x.nl/a.png>",
        "<svg onload='x()'>",
        "<p style=\"background: url ('//x.nl')\">",
        "<style>@import '//x.nl'</style>",
        "[lees](file:///home/jan/notities.md)",
        "[lees](<data:text/html,x>)",
        "<file:///etc/passwd>",
        "[lees][b]\n\n[b]: javascript:x()",
    ],
)
def test_what_asks_for_something_outside_the_report_is_told_with_its_line(asks):
    problems = problems_of("aanpak", f"# Kop\n\nTekst.\n\n{asks}\n")
    assert problems and all(problem.startswith(("line 5: ", "line 7: ")) for problem in problems)


@pytest.mark.parametrize(
    "plain",
    ["[lees](https://x.nl/a)", "<https://x.nl>", "`<img src=x>` en `url(x)`", "p < 5 en image > 3", "a <b>c</b>"],
)
def test_links_and_what_only_looks_like_it_cost_nothing(plain):
    assert problems_of("aanpak", f"# Kop\n\n{plain}\n") == []


@pytest.mark.parametrize("name", [name for name, place in PLACES.items() if place.respondents])
@pytest.mark.parametrize(
    "first",
    ["", "<!-- vrijgegeven -->\n", "<!-- vrijgegeven door op 2026-01-02 -->\n",
     "<!-- vrijgegeven door J. Jansen op 2026-02-31 -->\n"],
)  # fmt: skip
def test_words_of_respondents_need_a_person_who_cleared_them(name, first):
    text = "# Waarom\n\nGekozen uit twaalf.\n\n## Positief\n\n## Kritisch\n\n## Tips\n"
    assert [problem for problem in problems_of(name, first + text) if "nobody cleared" in problem] == [
        "nobody cleared it; when nobody can be known from its words, make its first line "
        "<!-- vrijgegeven door NAAM op JJJJ-MM-DD -->."
    ]
    assert problems_of(name, CLEARED + text) == []


def test_explanations_of_a_mark_stand_in_three_groups_and_say_how_they_were_chosen():
    told = problems_of("citaten", f"{CLEARED}# Waarom\n\n## Positief\n\n## Verbeteren\n")
    assert [problem.split(";")[0] for problem in told] == [
        "has no heading (##) with the word kritisch in it",
        "has no heading (##) with the word tips in it",
        "must say before its first ## how the words were chosen, and out of how many.",
    ]


@pytest.mark.parametrize(("name", "most"), [("kop", 20), ("antwoord_1", 40), ("antwoord_4", 40)])
def test_texts_of_the_summary_have_a_limit(name, most):
    number = "{{ n.approach.household }}"
    assert problems_of(name, " ".join([number] * most) + " –") == []
    assert only(name, " ".join([number] * (most + 1))) == f"has {most + 1} words; allowed: at most {most}."
    assert "must be one paragraph, without lists, pictures or notes." in problems_of(name, "Een.\n\nTwee.")
    assert only("beperkingen", "Tekst.\n\n# Kop") == "line 3: is a heading; this text has none."


def test_the_page_of_the_summary_leads_nowhere_else():
    text = "Een[^a] [@vries2019] [hier](#x).\n\n[^a]: Noot."
    kinds = [problem.partition("has ")[2].split(";")[0] for problem in problems_of("beperkingen", text)]
    assert sorted(kinds) == ["a link", "a note", "literature"]


def test_a_glossary_has_terms():
    assert "must hold a list of terms" in only("begrippen", "# Begrippen\n\nTekst.")
    assert problems_of("begrippen", "# Begrippen\n\nTerm\n: Uitleg.\n") == []
    assert problems_of("begrippen", "# Begrippen\n\n| term | uitleg |\n| --- | --- |\n| a | b |\n") == []


def cleared_of(problems):
    """What a person makes of the lines that problems say to add."""
    lines = [problem.partition("config/cleared.yaml: - ")[2] for problem in problems]
    return Cleared(yaml.load(line, Loader=yaml.BaseLoader) for line in lines if line)


def test_a_colophon_may_hold_how_to_reach_an_institute_once_a_person_cleared_it():
    text = "# Over\n\nDorpsstraat 12, 1234 AB\n\ninfo@voorbeeld.nl, 050-1234567\n"
    problems = text_problems("t/colofon.md", text, KNOWN, LIBRARY)
    assert len(problems) == 4
    assert text_problems("t/colofon.md", text, KNOWN, LIBRARY, cleared_of(problems)) == []
    elsewhere = text_problems("t/voorwoord.md", text, KNOWN, LIBRARY)
    left = text_problems("t/voorwoord.md", text, KNOWN, LIBRARY, cleared_of(elsewhere))
    assert [problem.partition(": ")[2] for problem in left] == [
        "seems to hold a telephone number; a report names nobody."
    ]


@pytest.mark.parametrize("name", PLACES)
def test_no_text_of_people_names_anybody(name):
    start = "Tekst" if PLACES[name].level == 0 else "# Kop\n\nTekst"
    for words, kind in (
        ("bsn 999990019", "a citizen service number"),
        ("belt 06.11.22.33.44", "a telephone number"),
        ("van Mohammed Bakker", "a name"),
        ("met kenteken GX-123-B", "a number plate"),
    ):
        told = [problem for problem in problems_of(name, f"{CLEARED}{start} {words}.\n") if "seems to hold" in problem]
        assert len(told) == 1 and kind in told[0]


@pytest.mark.parametrize(
    "text",
    [
        "# Kop\n\nEen gesprek met mevrouw\nDe Vries.",
        "# Kop\n\nBel 06-1122\n3344 of niet.",
        "# Kop\n\nBel 06-**1122**3344.",
        "# Kop\n\nBel 06-1122`3344`.",
        "# Kop\n\n![Jan de Vries](x.png)",
        "# Kop\n\nTekst.[^1]\n\n[^1]: Jan de Vries.",
        "# Kop\n\nfatima\\@voorbeeld.nl",
    ],
)
def test_a_name_on_two_lines_in_bold_or_in_a_note_is_one(text):
    assert any("seems to hold" in problem for problem in problems_of("inleiding", text))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        # between the brackets of a link, a note or a picture
        ("Meer weten: [fatima@voorbeeld.nl](https://voorbeeld.nl).", "an e-mail address"),
        ("Zie [mail fatima.jansen@voorbeeld.nl].", "an e-mail address"),
        ("Woord.[^1]\n\n[^1]: [fatima@voorbeeld.nl](https://x.nl)", "an e-mail address"),
        ("![fatima@voorbeeld.nl](kaart.png)", "an e-mail address"),
        ("![volg @sanneb87](kaart.png)", "a name or page on social media"),
        ("![@jansen2020](kaart.png)", "a name or page on social media"),
        ("[instagram @sanneb87]", "a name or page on social media"),
        ("`[@sanneb87]`", "a name or page on social media"),
        ("\\[@sanneb87\\]", "a name or page on social media"),
        # over lines of a quote, a list or an explanation
        ("> Bel mij op 06-2143\n> 6587 hoor", "a telephone number"),
        ("> > Bel mij op 06-\n> > 21436587 hoor", "a telephone number"),
        ("> mijn nummer is 123456\n> 782", "a citizen service number"),
        ("> toen zei mevrouw\n> Jansen dat", "a name"),
        ("> - toen zei mevrouw\n>   Jansen dat", "a name"),
        ("mevrouw\n: Jansen", "a name"),
        ("- mevrouw\n- Jansen", "a name"),
        ("bel 06\n2143\n6587", "a telephone number"),
        ("> bel 06\n> 21\n> 43\n> 65\n> 87", "a telephone number"),
        ("het is 123\n456\n782", "a citizen service number"),
        ("mevrouw\nvan der\nVries", "a name"),
        # through what is not seen, or does not tell two apart
        ("| voornaam | achternaam |\n|---|---|\n| Jan | de Vries |", "a name"),
        ("mevrouw _Jansen_ zei", "a name"),
        ("mevrouw __Jansen__ zei", "a name"),
        ("mevrouw <b>Jansen</b> zei", "a name"),
        ("bel 06-<b class='a'>2143</b>6587", "a telephone number"),
        ("mevrouw<br>Jansen", "a name"),
        ("bel 06-21{{ if youth }}43{{ else }}43{{ end }}6587", "a telephone number"),
        ("{{ if youth }}bel 06-2143{{ else }}x{{ end }}6587", "a telephone number"),
        ("{{ if youth }}Tekst.{{ else }}mevrouw Jansen{{ end }}", "a name"),
    ],
)
def test_what_names_somebody_is_found_as_a_reader_sees_it(words, kind):
    found = [problem for problem in problems_of("inleiding", f"# Kop\n\n{words}\n") if "seems to hold" in problem]
    assert len(found) == 1 and f"seems to hold {kind}" in found[0]


@pytest.mark.parametrize(
    "words",
    [
        "Dat bleek eerder [@jansen2020;\n@vries2019, p. 12].",
        "Dat bleek eerder [zie @jansen2020, p. 12].",
        "- 123\n- 456\n- 782",
        "- 06\n- 21\n- 43\n- 65\n- 87",
        "| 123 | 456 | 782 |\n|---|---|---|\n| 12 | 34 | 56 |",
        "| plaats | Jan |\n|---|---|\n| De Vries | 4 |",
        "In 2019 waren het er 12345\n67890 keer meer dan ooit.",
        "Zie n_approach en household_order.",
    ],
)
def test_literature_and_numbers_that_stand_apart_name_nobody(words):
    assert [problem for problem in problems_of("inleiding", f"# Kop\n\n{words}\n") if "seems to hold" in problem] == []


def test_a_key_that_the_library_does_not_hold_is_told_as_such():
    assert "cites what literatuur.yaml" in only("inleiding", "# Kop\n\n[@jansen2020; @sanneb87]")


def test_a_text_that_was_cleared_once_is_not_asked_for_again_by_what_stands_around_it():
    text = "# Kop\n\nHet huis\nDorpsstraat 12\nis groen,\nen klein.\n"
    problems = text_problems("t/inleiding.md", text, KNOWN, LIBRARY)
    again = text_problems("t/inleiding.md", text, KNOWN, LIBRARY, cleared_of(problems))
    told = len(problems) + len(again)
    assert told <= 3 and text_problems("t/inleiding.md", text, KNOWN, LIBRARY, cleared_of([*problems, *again])) == []


def test_the_part_of_a_text_that_another_cohort_has_names_nobody_either(tmp_path):
    for name in ("inleiding", "aanpak", "onderzoeksvragen", "werving"):
        path = tmp_path / f"s/{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text("# Kop\n\nTekst.\n\n{{ if youth }}mevrouw\nJansen{{ end }}\n", encoding="utf-8")
    told = study_problems("s", KNOWN, tmp_path, true=())
    assert [problem.partition(", ")[2].partition(";")[0] for problem in told] == ["line 5: seems to hold a name"] * 4


def test_a_drawing_names_nobody_or_is_cleared(tmp_path):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><text>Plattegrond: Dorpsstraat 12</text></svg>'
    (tmp_path / "a.svg").write_text(drawing)
    path, text = f"{tmp_path}/inleiding.md", "# Kop\n\n![Een huis](a.svg)\n"
    problems = text_problems(path, text, KNOWN, LIBRARY)
    assert len(problems) == 1 and "picture a.svg: seems to hold an address" in problems[0]
    assert text_problems(path, text, KNOWN, LIBRARY, cleared_of(problems)) == []


def test_keys_of_literature_are_no_names_on_social_media():
    assert problems_of("inleiding", "# Kop\n\nEerder onderzoek [@jansen2020; @vries2019, p. 12].") == []


@pytest.fixture
def folder(tmp_path):
    """Texts of two studies, with a mistake in most of the files."""
    for name, place in PLACES.items():
        if place.needed:
            path = tmp_path / f"_general/{name}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"# {name}\n")
    files = {
        "twente/inleiding.md": "# Een\n\n{{ n.nobody }}\n",
        "twente/inleidng.md": "# Een\n",
        "twente/literatuur.yaml": "- {id: a, title: Een, author: [{family: B}]}\n- {title: Twee}\n",
        "drenthe/aanpak.md": "# Een\n\n[@b] en ![](x.png)\n",
        "drenthe/literatuur.bib": "@book{b, title={Een}, author={B, C.}}",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (tmp_path / "_general/onderzoeksvragen.md").write_text("Geen kop.\n")
    (tmp_path / "_general/werving.md").unlink()
    (tmp_path / "drenthe/voorwoord.md").write_bytes(b"# Caf\xe9\n")
    return tmp_path


def test_all_mistakes_of_all_files_of_all_studies_come_together(folder):
    study = {"outcomes": ["safety"], "matching": {"strategies": {}}}
    with pytest.raises(InputError) as caught:
        check_texts({"twente": study, "drenthe": study}, {}, folder, logo=str(folder / "logo.png"))
    told = [problem.replace(f"{folder}/", "") for problem in caught.value.problems]
    begins = [
        "config/house_style.yaml: key logo: logo.png is not there",
        "twente/literatuur.yaml: entry 2 must have an id and a title, both text.",
        f"{folder}/twente: the text werving.md is missing".replace(f"{folder}/", ""),
        "twente/inleidng.md: has no place in the report (did you mean inleiding",
        "twente/inleiding.md, line 3: placeholder {{ n.nobody }} names nothing",
        "_general/onderzoeksvragen.md: must begin with its one heading",
        "drenthe/voorwoord.md: is not UTF-8 text; save it as UTF-8.",
        "drenthe: the text werving.md is missing",
        "drenthe/aanpak.md, line 3: picture x.png must stand alone",
        "drenthe/aanpak.md, line 3: picture x.png has no alternative text",
        "drenthe/aanpak.md, line 3: picture x.png is not there",
    ]
    assert [one for one, begin in zip(told, begins, strict=True) if not one.startswith(begin)] == []


@pytest.mark.parametrize("study", ["groningen", "haaglanden"])
def test_the_texts_of_the_demonstration_are_right(study):
    outcomes = read_yaml(ROOT / "config/outcomes.yaml")
    studies = {study: read_yaml(ROOT / f"config/studies/{study}.yaml")}
    check_texts(studies, outcomes, ROOT / "resources/texts")


def test_a_study_without_texts_of_its_own_has_the_general_ones():
    study = read_yaml(ROOT / "config/studies/groningen.yaml")
    names = known_names(study, read_yaml(ROOT / "config/outcomes.yaml"))
    assert study_problems("twente", names, ROOT / "resources/texts") == []


def test_parts_of_a_text_are_judged_as_the_cohort_has_them(tmp_path):
    (tmp_path / "s").mkdir()
    for name in ("inleiding", "aanpak", "onderzoeksvragen", "werving"):
        (tmp_path / f"s/{name}.md").write_text("# Kop\n\nTekst.", encoding="utf-8")
    text = "# Kop\n\n{{ if youth }}{{ n.approach.youth }}\n\n{{ end }}{{ if kids }}{{ label.approach }}"
    (tmp_path / "s/inleiding.md").write_text(text, encoding="utf-8")
    told = study_problems("s", KNOWN, tmp_path, true=())
    assert [problem.partition(": ")[2].partition(" names nothing")[0] for problem in told] == [
        "placeholder {{ if kids }}"
    ]
    assert "line 5" in told[0]
    assert any("n.approach.youth" in problem for problem in study_problems("s", KNOWN, tmp_path))
