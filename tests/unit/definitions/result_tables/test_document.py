from pathlib import Path

from given.paths import ROOT

from effectstudie.analysis import size_words
from effectstudie.definitions.result_tables.analysis import SIZES
from effectstudie.definitions.result_tables.document import TABLES, markdown
from effectstudie.running.provenance import imported_modules
from effectstudie.shared.words import read_words

WORDS = read_words(ROOT / "resources/words/result_tables.nl.yaml")
TABLES_OF = "definitions/result_tables/"
REPORT = read_words(ROOT / "resources/pages/report/tables.nl.yaml")


def test_every_column_has_a_meaning_and_no_meaning_is_left_over():
    assert set(WORDS["tables"]) == set(TABLES)
    for name, table in TABLES.items():
        own = set(WORDS["tables"][name].get("columns", {}))
        assert own <= set(table.names) <= own | set(WORDS["shared"]), name
    used = {column for table in TABLES.values() for column in table.names}
    assert set(WORDS["shared"]) <= used


def test_a_better_meaning_reruns_nothing_and_a_changed_column_the_stages_that_know_it():
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "workflow/rules").rglob("*.smk"))
    assert "result_tables" not in rules
    package = ROOT / "workflow/effectstudie"
    needed = {
        name: {
            Path(path).stem
            for path in imported_modules(ROOT / f"workflow/scripts/{name}.py", package)
            if TABLES_OF in path
        }
        for name in ("check_exports", "score_cohort", "match_households", "analyse_outcomes", "select_study")
    }
    assert needed == {
        "check_exports": {"table", "quality"},
        "score_cohort": {"table", "scoring"},
        "match_households": {"table", "matching"},
        "analyse_outcomes": {"table", "analysis", "effect"},
        "select_study": set(),
    }


def test_the_documentation_is_that_of_the_tables():
    path = ROOT / "docs/resultaten.md"
    assert path.read_text(encoding="utf-8") == markdown(TABLES, WORDS), "docs/resultaten.md: run `make docs`."


def test_every_size_has_a_word_and_every_word_a_size():
    bounds = {"repeated": {"small": 0.02, "medium": 0.13, "large": 0.26}}
    made = {size_words.size_word(eta / 100, "repeated", bounds) for eta in range(100)}
    assert made - {""} == set(SIZES) == set(REPORT["sizes"])
