import pytest

from effectstudie.shared.errors import InputError
from effectstudie.texts.literature import citation_problem, formatted, read_library

YAML = """references:
- {id: b, type: book, title: Van mij, author: [{family: Jansen, given: A.}, {family: Bakker, given: C.}], issued: 2019}
- id: a
  type: report
  title: Met z'n vieren
  author: [{family: Zwart, given: A.}, {family: Wit, given: B.}, {family: Rood, given: C.}, {family: Groen, given: D.}]
  issued: 2021
- {id: unused, type: book, title: Ongelezen, author: [{family: Niemand}], issued: 2000}
"""
BIB = "@book{b, title={Uit BibTeX}, author={Jansen, A. and Bakker, C.}, year=2018}\n"
BIB += "@book{c, title={Los}, author={{Een instituut}}, year=2020}\n"


@pytest.fixture
def library(tmp_path):
    (tmp_path / "literatuur.yaml").write_text(YAML)
    return read_library([str(tmp_path / "literatuur.yaml")])


def test_citations_are_dutch_and_only_what_is_cited_is_listed_sorted(library):
    cited, listed = formatted(["@a, p. 3", "@b; @a", "@a, p. 3"], library)
    assert set(cited) == {"@a, p. 3", "@b; @a"}
    assert "Zwart e.a. 2021" in cited["@a, p. 3"] and '<a href="#ref-a">' in cited["@a, p. 3"]
    assert "Jansen en Bakker 2019" in cited["@b; @a"]
    assert listed.index('<li id="ref-b">') < listed.index('<li id="ref-a">')
    assert "Ongelezen" not in listed and listed.count("<li") == 2 and "<div" not in listed


def test_without_citations_there_is_no_list(library):
    assert formatted([], library) == ({}, "")


def test_libraries_are_one_and_the_last_goes_first(tmp_path, library):
    (tmp_path / "literatuur.bib").write_text(BIB)
    both = read_library([str(tmp_path / "literatuur.yaml"), str(tmp_path / "literatuur.bib")])
    assert sorted(both) == ["a", "b", "c", "unused"] and both["b"]["title"] == "Uit BibTeX"


@pytest.mark.parametrize("citation", ["@a", "@a; @b", "@a, p. 3–5; @b, hoofdstuk 2", "@a;@b"])
def test_a_citation_that_is_right_costs_nothing(library, citation):
    assert citation_problem(citation, library) is None


@pytest.mark.parametrize("citation", ["@a @b", "@a, *p*", "@a; b", "@a;"])
def test_a_citation_that_is_none_says_how_one_is_written(library, citation):
    assert "is no citation; write [@key], [@key, p. 3] or [@key; @other]." in citation_problem(citation, library)


def test_mistakes_of_libraries_come_together(tmp_path):
    files = {"a.yaml": "- {id: x}\n- {id: y, title: Y}\n- tekst\n", "b.bib": "@book{b, title={Een\n"}
    files["c.yaml"] = "a: 1\n"
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(InputError) as caught:
        read_library([str(tmp_path / name) for name in files])
    first, names, second, third, fourth = caught.value.problems
    assert first.endswith("a.yaml: entry 1 must have an id and a title, both text.")
    assert "a.yaml: entry y must have an author or an editor: a list of names" in names
    assert second.endswith("a.yaml: entry 3 must have an id and a title, both text.")
    assert "b.bib: is not valid BibTeX: " in third
    assert fourth.endswith("c.yaml: must be a list of entries of CSL, or such a list under `references`.")


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ('title: "![x](http://x.nl/a.png)"', "![x]"),
        ('title: Y, note: "<img src=http://x.nl/a.png>"', "<img src=http://x.nl/a.png>"),
        ('title: Y, custom: {a: ["<script>x()</script>"]}', "<script>x()</script>"),
        ("title: Y, publisher: \"<i style='background: url(//x.nl)'>\"", "url(//x.nl)'>"),
    ],
)
def test_an_entry_asks_for_nothing(tmp_path, part, told):
    (tmp_path / "a.yaml").write_text(f"- {{id: y, {part}, author: [{{family: Jansen}}], URL: 'https://x.nl/y'}}\n")
    with pytest.raises(InputError) as caught:
        read_library([str(tmp_path / "a.yaml")])
    assert f"a.yaml: entry y has {told}, which asks for something outside the report" in str(caught.value)
