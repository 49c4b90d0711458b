"""The page that compares two runs, and the command that writes it."""

import importlib.util
import json
import re
import shutil

import pandas as pd
import pytest
from given import study_results
from lxml import html as parser

from effectstudie.disclosure.study import TABLES
from effectstudie.shared.storage import write_csv

ROOT = study_results.ROOT
STUDY = "groningen"
RECORD = {
    "labels": {
        "groups": {"approach": "Multifocus", "control": "Controlegroep"},
        "waves": {"T0": "T0", "follow_up": "T2"},
        "titles": {"risk_cumulation": "cumulatie van risicofactoren"},
    },
    "versions": {"R": "4.2.2"},
    "tables": {
        "participants": {"number": "2", "caption": "Deelnemers per groep en meting", "csv": "table_2.csv"},
        "tests": {"number": "B3", "caption": "Toetsen van alle uitkomsten", "csv": "table_b3.csv"},
    },
}
PRINTED = {
    "table_2.csv": 'Deelnemers,"Multifocus, T0","Multifocus, T2"\nHuishoudens,51,49\nVolwassenen,64,62\n',
    "table_b3.csv": 'Uitkomst,Effect,p,Grootte\nCumulatie van risicofactoren,Meting,",048",klein\n'
    'Cumulatie van risicofactoren,Groep,",600",–\n',
    "figure_safety.csv": "group,wave,value\napproach,T0,7.1\n",
}
REPORT = """<html lang="nl"><body><nav><p>Inhoud</p></nav><main><h2>Inleiding</h2><p>Wij volgden gezinnen.</p>
<h2>Resultaten</h2><h3>Geweld</h3><p>Het geweld daalt van 112 naar 44.</p></main></body></html>"""


@pytest.fixture(scope="module")
def command():
    spec = importlib.util.spec_from_file_location("compare_command", ROOT / "workflow/scripts/compare.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.main


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A project in which an invented study was made, as far as a comparison looks."""
    project = tmp_path_factory.mktemp("finished")
    given = study_results.results()
    study = project / "results" / STUDY
    for name in TABLES:
        write_csv(getattr(given, name), study / f"analysis/{name}.csv")
    for name, text in {**PRINTED, "render.json": json.dumps(RECORD)}.items():
        (study / "render").mkdir(exist_ok=True)
        (study / "render" / name).write_text(text, encoding="utf-8")
    (study / "report").mkdir()
    (study / f"report/{STUDY}.html").write_text(REPORT, encoding="utf-8")
    facts = {"file": "T0_jeugd.sav", "sha256": "a" * 64, "rows": 362, "corrections": 0, "corrections_sha256": "b" * 64}
    record = {
        "exports": {"T0_jeugd": facts},
        "settings": {
            "config": {"seed": 1},
            "study": {"matching": {"selected": "strategy_2"}},
            "outcomes": json.loads(json.dumps(study_results.plain_outcomes())),
        },
        "versions": {"R": "4.2.2"},
        "files": {"resources/instruments/ace.yaml": "1", "workflow/effectstudie/score.py": "2"},
        "results": {},
    }
    (study / "run.json").write_text(json.dumps(record), encoding="utf-8")
    return project


@pytest.fixture
def other(finished, tmp_path):
    """A copy of it, to change."""
    return shutil.copytree(finished, tmp_path / "other")


def replace(project, file, old, new):
    path = project / "results" / STUDY / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def compared(command, tmp_path):
    def compare(old, new):
        page = tmp_path / "page.html"
        assert command([str(old), str(new), "--study", STUDY, "--out", str(page)]) == 0
        return parser.fromstring(page.read_text(encoding="utf-8"))

    return compare


def said(page, section=None):
    parts = page.xpath(f"//section[h2/@id='{section}']") if section else page.xpath("//main")
    return " ".join(" ".join(part.text_content() for part in parts).split())


def rows(page, caption):
    """Cells of the tables whose caption begins so."""
    found = page.xpath(f"//table[caption[starts-with(., '{caption}')]]//tr[td]")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in found]


def test_the_same_run_twice_has_no_differences(compared, finished):
    page = compared(finished, finished)
    assert "Er zijn geen verschillen." in said(page, "samenvatting")
    assert page.xpath("//table | //del | //ins | //details") == []


def test_the_same_runs_give_the_same_bytes(command, finished, tmp_path):
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    for page in pages:
        command([str(finished), str(finished), "--study", STUDY, "--out", str(page)])
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_a_number_is_told_as_the_report_prints_it(compared, finished, other):
    replace(other, "analysis/descriptives.csv", "safety,adult,approach,T0,64,7.1,", "safety,adult,approach,T0,64,7.3,")
    page = compared(finished, other)
    assert rows(page, "Beschrijvende cijfers") == [["Multifocus, T0", "gemiddelde", "7,1", "7,3", "+0,20"]]
    assert page.xpath("string(//tr[@class='block'])").strip() == "Gevoel van veiligheid"
    assert said(page, "samenvatting").startswith("Samenvatting 1 getal is anders.")
    assert "met de hand zijn veranderd" in said(page, "samenvatting")


def test_what_rounds_to_the_same_is_only_counted(compared, finished, other):
    replace(
        other, "analysis/descriptives.csv", "safety,adult,approach,T0,64,7.1,", "safety,adult,approach,T0,64,7.1001,"
    )
    page = compared(finished, other)
    assert rows(page, "Beschrijvende cijfers") == []
    assert "0 getallen met een andere afgeronde waarde, en nog 1 cel" in said(page, "samenvatting")
    assert "Beschrijvende cijfers (descriptives.csv): 1 cel waarin" in said(page, "cijfers")


def test_a_conclusion_that_turns_is_told_with_both_sides(compared, finished, other):
    tests = pd.read_csv(other / f"results/{STUDY}/analysis/tests.csv")
    row = (tests["outcome"] == "own_drinking") & (tests["effect"] == "interaction")
    tests.loc[row, "p"] = 0.0604
    write_csv(tests, other / f"results/{STUDY}/analysis/tests.csv")
    page = compared(finished, other)
    told = ["Eigen alcoholgebruik, verschil in ontwikkeling", "Significantie"]
    assert rows(page, "Significantie") == [[*told, "significant (p = ,0496)", "niet significant (p = ,060)"]]
    assert "1 significantie" in said(page, "samenvatting")
    assert rows(page, "Toetsen") == [["verschil in ontwikkeling", "p", ",0496", ",060", "+0,0108"]]


def test_another_size_and_verdict_are_told_in_words(compared, finished, other):
    replace(other, "analysis/verdicts.csv", "differs,cr2 holm", "holds,")
    tests = pd.read_csv(other / f"results/{STUDY}/analysis/tests.csv")
    row = (tests["outcome"] == "safety") & (tests["effect"] == "time") & (tests["analysis"] == "mixed_anova")
    tests.loc[row, "size_word"] = "large"
    write_csv(tests, other / f"results/{STUDY}/analysis/tests.csv")
    found = rows(compared(finished, other), "Significantie")
    size = ["Grootte", "klein tot gemiddeld, significant", "groot, significant"]
    assert ["Gevoel van veiligheid, verandering", *size] in found
    verdicts = [row[1:] for row in found if row[1] == "Zekerheid"]
    assert (
        verdicts == [["Zekerheid", "anders bij: fouten per huishouden (CR2) en correctie van Holm", "houdt stand"]] * 2
    )


def test_a_sentence_is_marked_word_by_word(compared, finished, other):
    replace(other, f"report/{STUDY}.html", "Wij volgden gezinnen.", "Wij volgden families.")
    page = compared(finished, other)
    assert "<p>Wij volgden <del>gezinnen.</del> <ins>families.</ins> </p>" in parser.tostring(page, encoding="unicode")
    assert page.xpath("//section[h2/@id='zinnen']/h3/text()") == ["Inleiding"]
    assert "1 zin is anders." in said(page, "samenvatting")


def test_cells_of_the_tables_are_told_by_table_row_and_column(compared, finished, other):
    replace(other, "render/table_2.csv", "Huishoudens,51,", "Huishoudens,52,")
    page = compared(finished, other)
    caption = "Cellen die verschillen: Tabel 2. Deelnemers per groep en meting"
    assert rows(page, caption) == [["Huishoudens", "Multifocus, T0", "51", "52"]]


def test_rows_that_one_run_has_are_named(compared, finished, other):
    path = other / f"results/{STUDY}/analysis/descriptives.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("safety,adult,control,T0")), encoding="utf-8")
    (other / f"results/{STUDY}/render/table_9.csv").write_text("a\n1\n")
    page = compared(finished, other)
    assert rows(page, "Beschrijvende cijfers: rijen") == [["safety · adult · control · T0", "alleen in de oude"]]
    assert "render/table_9.csv: alleen in de nieuwe" in said(page, "tabellen")


def test_a_table_of_another_version_may_lack_columns(compared, finished, other):
    path = other / f"results/{STUDY}/analysis/tests.csv"
    tests = pd.read_csv(path)
    tests.loc[tests["outcome"] == "safety", "p"] = 0.6
    write_csv(tests.drop(columns=["statistic", "effect_size", "ges"]), path)
    page = compared(finished, other)
    assert ["kolom ges", "alleen in de oude"] in rows(page, "Toetsen: rijen")
    assert ["Gevoel van veiligheid, verandering", "Significantie"] in [row[:2] for row in rows(page, "Significantie")]


def test_a_number_that_cannot_be_printed_is_shown_as_it_stands(compared, finished, other):
    replace(
        other,
        "analysis/descriptives.csv",
        "safety,adult,approach,T0,64,7.1,1.9,",
        "safety,adult,approach,T0,64,1e+30,inf,",
    )
    found = rows(compared(finished, other), "Beschrijvende cijfers")
    assert [row[1:] for row in found] == [["gemiddelde", "7,1", "1e+30", ""], ["SD", "1,9", "–", ""]]


def test_data_settings_files_and_versions_are_told(compared, finished, other):
    replace(other, "run.json", "a" * 64, "c" * 64)
    replace(other, "run.json", '"rows": 362', '"rows": 363')
    replace(other, "run.json", '"strategy_2"', '"strategy_1"')
    replace(other, "run.json", 'ace.yaml": "1"', 'ace.yaml": "3"')
    replace(other, "run.json", '"4.2.2"', '"4.3.0"')
    page = compared(finished, other)
    assert rows(page, "Exports") == [
        ["T0_jeugd", "inhoud (controlegetal)", "a" * 12 + "…", "c" * 12 + "…"],
        ["T0_jeugd", "aantal rijen", "362", "363"],
    ]
    where = f"config/studies/{STUDY}.yaml"
    assert rows(page, "Instellingen") == [["matching.selected", where, "strategy_2", "strategy_1"]]
    assert rows(page, "Bestanden") == [["resources/instruments/ace.yaml", "vragenlijst", "andere inhoud"]]
    assert rows(page, "Versies") == [["R", "4.2.2", "4.3.0"]]
    summary = said(page, "samenvatting")
    assert "Cijfers, conclusies en rapport zijn gelijk." in summary
    assert "Herkomst: 1 export, 1 instelling, 1 bestand en 1 versie." in summary


def test_a_record_of_other_results_is_warned_for(compared, finished, other):
    replace(other, "run.json", '"results": {}', '"results": {"analysis/tests.csv": "0"}')
    page = compared(finished, other)
    assert "De nieuwe run klopt niet met zijn eigen run.json: analysis/tests.csv is daarna veranderd." in said(page)


def test_what_shows_small_cells_is_marked_and_what_may_be_published_is_not(compared, finished, other):
    assert "Vertrouwelijk, niet publiceren" in compared(finished, other).xpath("string(//aside)")
    study = other / "results" / STUDY
    shutil.rmtree(study / "analysis")
    (study / "run.json").unlink()
    replace(other, "render/table_2.csv", "Huishoudens,51,", "Huishoudens,52,")
    page = compared(other, other)
    assert page.xpath("//aside") == [] and "Vertrouwelijk" not in page.text_content()
    assert said(page).count("Niet vergeleken") == 4


def test_published_runs_are_compared_by_their_tables(compared, finished, tmp_path):
    runs = [tmp_path / "public", tmp_path / "public2"]
    for run in runs:
        for stage in ("render", "report"):
            shutil.copytree(finished / "results" / STUDY / stage, run / "results" / STUDY / stage)
    replace(runs[1], "render/table_b3.csv", ",048", ",052")
    page = compared(*runs)
    told = ["Cumulatie van risicofactoren · Meting · p", "Significantie", ",048", ",052"]
    assert rows(page, "Significantie") == [told]
    assert "1 cel en 1 significantie zijn anders." in said(page, "samenvatting")
    assert page.xpath("//aside") == []


def test_every_table_has_a_caption_and_heads_with_a_scope(compared, finished, other):
    for file, old, new in (
        ("analysis/tests.csv", "0.0496", "0.0604"),
        ("analysis/descriptives.csv", ",7.1,", ",7.3,"),
        ("render/table_2.csv", "Huishoudens,51,", "Huishoudens,52,"),
        ("run.json", "strategy_2", "strategy_1"),
    ):
        replace(other, file, old, new)
    page = compared(finished, other)
    tables = page.xpath("//table")
    assert len(tables) >= 5
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for table in tables:
        assert table.xpath("caption") and table.xpath("ancestor::div[@role='region']/@aria-labelledby")[0] in ids
        assert all(cell.get("scope") in ("col", "row", "rowgroup") for cell in table.iter("th"))
    assert page.get("lang") == "nl" and len(page.xpath("//h1")) == 1
    assert not re.search(r"(src|href)=\"(?!#|data:)", parser.tostring(page, encoding="unicode"))


def test_a_run_that_cannot_be_read_costs_one_sentence(command, finished, tmp_path, capsys):
    page = tmp_path / "page.html"
    assert command([str(finished), str(tmp_path / "nowhere"), "--study", STUDY, "--out", str(page)]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and error.endswith("nowhere: deze map of dit archief is er niet.\n")
    assert not page.exists()


def test_the_command_says_whether_anything_differs(command, finished, other, tmp_path, capsys):
    page = tmp_path / "page.html"
    command([str(finished), str(other), "--study", STUDY, "--out", str(page)])
    assert capsys.readouterr().out == f"{page}: geen verschillen.\n"
    replace(other, "render/table_2.csv", "Huishoudens,51,", "Huishoudens,52,")
    assert command([str(finished), str(other), "--study", STUDY, "--out", str(page)]) == 0
    assert capsys.readouterr().out == f"{page}: er zijn verschillen.\n"


def test_signs_that_nobody_sees_stand_as_codes_on_the_page(compared, finished, other):
    odd = "x\u202e\x1b[2J\u200b"
    folder = other / f"results/{STUDY}/render"
    (folder / f"{odd}.csv").write_text(f"a,{odd}\n{odd},2\n", encoding="utf-8")
    replace(other, f"report/{STUDY}.html", "Wij volgden", f"Wij {odd} volgden")
    page = parser.tostring(compared(finished, other), encoding="unicode")
    assert "x\\u202e\\x1b[2J\\u200b" in page
    assert not {"\u202e", "\x1b", "\u200b"} & set(page)
