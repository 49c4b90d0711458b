import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from given.paths import ROOT
from given.study_results import LIMITS, cell, inputs, results, shown
from given.words import TEXTS

from effectstudie.definitions.load import load
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.effect import IMPUTED
from effectstudie.disclosure.study import treat_study
from effectstudie.report.documents.build import render_html
from effectstudie.report.record import study_record
from effectstudie.report.values import size_said
from effectstudie.shared.formats import NBSP
from effectstudie.shared.yaml_files import read_yaml
from effectstudie.texts.names import known_names


@pytest.fixture(scope="module")
def files():
    return study_record(inputs())


@pytest.fixture
def without_pictures(monkeypatch):
    """Figures are not drawn, which takes most of the time: for tests of what the record says."""
    for module in ("flow", "balance", "outcomes", "panels", "forest"):
        monkeypatch.setattr(f"effectstudie.report.figures.{module}.draw", lambda *_: b"<svg/>")
    monkeypatch.setattr("effectstudie.report.contents.png", lambda _: b"")


@pytest.fixture(scope="module")
def record(files):
    return json.loads(files["render.json"])


def test_every_table_and_figure_has_its_data_file(files, record):
    named = {item["csv"] for kind in ("tables", "figures") for item in record[kind].values()}
    named |= {figure["svg"] for figure in record["figures"].values()}
    named |= {figure["svg"].replace(".svg", ".png") for figure in record["figures"].values()}
    assert named | {"render.json", "onderdrukt.csv", "tables.json"} == set(files)


def test_figures_and_tables_are_numbered_in_the_order_of_the_report(record):
    numbers = [figure["number"] for figure in record["figures"].values()]
    assert numbers == [str(place) for place in range(1, len(numbers) + 1)]
    named = [name for section in record["sections"] for name in section["figures"]]
    assert list(record["figures"]) == ["forest", "love", "flow", *named, "love_all", "overlap"]
    assert named[:3] == ["violence_class", "violence", "wellbeing"]
    numbers = [table["number"] for table in record["tables"].values()]
    parts = {part: [int(number.lstrip("AB")) for number in numbers if number.rstrip("0123456789") == part]
             for part in ("", "A", "B")}  # fmt: skip
    assert all(part == list(range(1, len(part) + 1)) for part in parts.values()) and len(parts[""]) >= 7
    assert sum(map(len, parts.values())) == len(numbers)


def test_every_figure_says_what_it_shows(record):
    for figure in record["figures"].values():
        assert figure["alt"].endswith(".") and figure["caption"] and figure["notes"]
        assert all(note.endswith(".") for note in figure["notes"] if note)
    assert "op T0 109 en op T2 47" in record["figures"]["violence"]["alt"]


def test_the_title_of_a_theme_is_its_finding(record):
    for section in record["sections"]:
        if section["finding"] and section["id"] in record["figures"]:
            assert record["figures"][section["id"]]["caption"] == f"{section['title']}: {section['finding']}"
    rows = [row["cells"] for row in record["tables"]["key"]["rows"]]
    improved = sum(cell.startswith("verbetert") for cells in rows for cell in cells)
    assert improved == 8 and "verbetering bij 6 van de 7" in record["sections"][0]["finding"]


def test_every_outcome_of_a_theme_is_told_and_those_compared_share_a_figure(record):
    told = [item["outcome"] for section in record["sections"] for item in section["items"]]
    assert told == list(inputs().study["outcomes"])
    assert all(item["sentences"] for section in record["sections"] for item in section["items"])


def test_no_count_under_the_minimum_is_in_any_file(files, record):
    """Few have no restraining order: neither they nor their complement may be read anywhere."""
    texts = [data.decode() for name, data in files.items() if not name.endswith((".svg", ".png"))]
    assert not any("93,8%" in text or "93.8" in text for text in texts)
    suppressed = files["onderdrukt.csv"].decode()
    assert "Tijdelijk huisverbod;ja;Multifocus;T0" in suppressed


def test_the_values_in_sentences_stand_in_the_table_of_all_outcomes(record):
    rows = {row["cells"][0]: set(row["cells"]) for row in record["tables"]["key"]["rows"]}
    pairs = 0
    for section in record["sections"]:
        for item in section["items"]:
            for pair in re.findall(
                r"van (?:een\s)?([\d.,]*\d%?) naar (?:een\s)?([\d.,]*\d%?)", " ".join(item["sentences"])
            ):
                assert item["title"] in rows and set(pair) <= rows[item["title"]], (item["outcome"], pair)
                pairs += 1
    assert pairs > 20


def test_p_and_not_significant_are_written_one_way_in_the_whole_record(files, record):
    text = files["render.json"].decode().replace("\u00a0", " ")
    assert not re.search(r"\bp<|\bp [<=>≥] \.\d|\bp [<=>≥]\d|\bn\.s\.|\bNs\b|\bns\b|\bNS\b|p-waarde [<=]", text)
    assert re.search(r"p < ,001", text) and "niet significant" in text
    for table in record["tables"].values():
        assert not any(re.search(r"<\.|0\.0\d", cell) for row in table["rows"] for cell in row["cells"])


@pytest.mark.usefixtures("without_pictures")
def test_what_the_groups_are_still_unlike_in_stands_in_the_summary_and_the_conclusion():
    given = inputs()
    balance = dict(given.shown.balance)
    chosen = given.study["matching"]["selected"]
    frame = balance[chosen]
    unlike = (frame["covariate"] == "n_children") & (frame["sample"] == "matched")
    balance[chosen] = frame.assign(smd=frame["smd"].mask(unlike, -0.71))
    record = json.loads(study_record(replace(given, shown=replace(given.shown, balance=balance)))["render.json"])
    said = [limit for limit in record["summary"]["limits"] if "0,71" in limit]
    assert len(said) == 1 and "minder kinderen" in said[0]
    could = given.covariates["n_children"]["could"]
    assert could in said[0] and any(could in text for text in record["conclusion"][1]["sentences"])
    assert record["summary"]["rating"]["step"] == 2
    assert any("lijken" in reason for reason in record["summary"]["rating"]["reasons"])


@pytest.mark.usefixtures("without_pictures")
def test_small_groups_vanish_from_tables_and_sentences():
    """Of those with both measurements there are too few, of whom nothing may be said."""
    given = results()
    levels, tests = given.levels, given.tests
    small = (levels["outcome"] == "child_abuse") & (levels["group"] == "approach")
    columns = ["mean_t0", "mean_follow_up"]
    levels = levels.assign(n=levels["n"].mask(small, 8), **{name: levels[name].mask(small, 77.7) for name in columns})
    pairs = (tests["outcome"] == "child_abuse") & (tests["group"] == "approach")
    files = study_record(
        inputs(shown=shown(replace(given, levels=levels, tests=tests.assign(n=tests["n"].mask(pairs, 8)))))
    )
    record = json.loads(files["render.json"])
    text = " ".join(data.decode() for name, data in files.items() if not name.endswith((".svg", ".png")))
    assert "77,7" not in text and "77.7" not in text and "78" not in record["placeholders"].values()
    sentence = record["placeholders"]["sentences.child_abuse"]
    assert "Over de Multifocus-groep is hier niets te zeggen" in sentence
    assert "tussen de groepen" not in sentence and "beide groepen" not in sentence and "Oordeel" not in sentence
    labels = [row["cells"][0] for row in record["tables"]["tests"]["rows"]]
    assert "Directe kindermishandeling" not in labels


@pytest.mark.usefixtures("without_pictures")
def test_a_data_fix_turns_the_sentence():
    given = results()
    levels = given.levels
    chosen = levels["outcome"] == "total_violence"
    levels = levels.assign(
        mean_follow_up=levels["mean_follow_up"].mask(chosen, 150), change=levels["change"].mask(chosen, 41)
    )
    record = json.loads(study_record(inputs(shown=shown(replace(given, levels=levels))))["render.json"])
    assert record["placeholders"]["sentences.total_violence"].startswith("In beide groepen stijgt het totale geweld")
    assert record["summary"]["headline"].startswith("Het geweld stijgt")
    assert record["tables"]["key"]["rows"][0]["cells"][5].startswith("verslechtert")


def test_the_same_results_give_the_same_bytes(files):
    assert study_record(inputs()) == files


def test_placeholders_carry_printed_numbers(record):
    known = record["placeholders"]
    assert known["n.approach.household"] == "51" and known["n.control.adult"] == "71"
    assert known["value.total_violence.control.follow_up"] == "25"
    assert known["ref.love"] == "figuur\u00a02"
    assert known["phrase.approach"] == "de Multifocus-groep"


def test_of_a_size_that_is_hidden_it_is_said_that_it_is_small_only_where_it_is():
    """Fourteen children are no less than five."""
    labels, counts = {"fewer": "minder dan 5", "unsaid": "niet vermeld"}, TEXTS["counts"]
    hidden = {"n": float("nan"), "status": "partner", "bound": "", "bound_value": float("nan")}
    said = [size_said(row, labels, counts) for row in (hidden | {"status": "size"}, hidden,
            hidden | {"bound": "more", "bound_value": 9.0}, hidden | {"n": 14.0}, None)]  # fmt: skip
    assert said == ["minder dan 5", "niet vermeld", "meer dan 9", "14", "niet vermeld"]


@pytest.mark.usefixtures("without_pictures")
def test_the_mark_of_a_run_is_that_of_what_is_shown_and_of_nothing_that_is_hidden(record):
    """From a mark of the exports a guess of one answer could be tried."""

    def mark(outcome, more):
        found = results().descriptives
        one = (found["outcome"] == outcome) & (found["group"] == "approach") & (found["wave"] == "T0")
        given = results(descriptives=found.assign(mean=found["mean"].mask(one, found["mean"] + more)))
        return json.loads(study_record(inputs(shown=shown(given)))["render.json"])["run"]

    assert re.fullmatch("[0-9a-f]{8}", record["run"])
    hidden = shown().values.set_index(["outcome", "group", "wave"])["value"]
    assert hidden["safety", "approach", "T0"] != hidden["safety", "approach", "T0"]
    assert mark("safety", 0.0) == mark("safety", 0.4) == record["run"] != mark("age_child", 0.4)


@pytest.mark.usefixtures("without_pictures")
def test_a_final_report_of_real_families_has_no_stamp_and_a_draft_has():
    for final, stamp, status in ((True, "", "definitief"), (False, "Concept", "concept")):
        record = json.loads(study_record(inputs(synthetic=False, final=final))["render.json"])
        assert (record["stamp"], record["status"], record["house"]["words"]["status_is"]) == (stamp, status, status)


@pytest.mark.usefixtures("without_pictures")
def test_the_record_holds_who_made_the_report_how_families_were_found_and_titles_of_people():
    titles = {"violence_class": "Het geweld neemt af"}
    record = json.loads(study_record(inputs(figure_titles=titles))["render.json"])
    assert record["study"]["authors"] and record["study"]["commissioner"] and record["study"]["version"]
    assert (
        record["figure_titles"] == titles and record["figures"]["violence_class"]["caption"] == titles["violence_class"]
    )
    assert any("gezinnen per aanpak" in sentence for sentence in record["recruitment"])


@pytest.mark.usefixtures("without_pictures")
def test_the_matched_households_do_not_tell_how_few_have_no_match():
    few = {
        name: {**summary, "n_matched_approach": 50, "n_unmatched_approach": 1}
        for name, summary in results().matching.items()
    }
    given = inputs(shown=shown(results(matching=few), withheld=["size/matched/strategy_1"]))
    strategies = json.loads(study_record(given)["render.json"])["matching"]["strategies"]
    assert strategies[0]["n_approach"] == "meer dan 46"
    assert strategies[0]["unmatched"] == "minder dan 5"


@pytest.mark.usefixtures("without_pictures")
def test_invented_keys_and_norms_are_named_and_real_norms_have_their_source():
    first, *others = inputs().instruments
    instruments = [{**first, "key": {"status": "illustrative"}}, *others]
    entry = {"source": "the manual"}
    norms = {"ctspc": {"status": "illustrative", "entry": {}}, "mansa": {"status": "licensed", "entry": entry}}
    record = json.loads(study_record(inputs(instruments=instruments, norms=norms))["render.json"])
    assert record["invented"] == {"key_of": "CTS2", "norm_of": "CTSPC"}
    assert record["norms"] == [{"label": "MANSA", "source": "the manual"}]


@pytest.mark.usefixtures("without_pictures")
def test_an_internal_report_shows_small_cells_and_says_so_on_every_page(files):
    record = json.loads(study_record(inputs(shown=shown(privacy=None)))["render.json"])
    assert record["stamp"].startswith("Vertrouwelijk, niet publiceren")
    assert record["tables"]["suppressed"]["rows"] == [] and record["internal"]
    orders = [row["cells"] for row in record["tables"]["background"]["rows"]]
    assert ["nee", "6,3%", "12,7%", ""] in orders
    assert "Vertrouwelijk" not in files["render.json"].decode()


@pytest.mark.usefixtures("without_pictures")
def test_a_report_may_print_the_zero_before_a_p():
    files = study_record(inputs(p_style="p < 0,001"))
    texts = [data.decode() for name, data in files.items() if name.startswith("table_") or name == "render.json"]
    assert not any(re.search(r"[\u00a0<\[−],\d", text) for text in texts)
    assert any("p\u00a0<\u00a00,001" in text for text in texts)
    assert [len(line.split(";")) for line in files["table_a1.csv"].decode().splitlines()][0] == 3


def test_merged_classes_are_shown_with_the_p_of_the_classes_as_measured(record):
    tests, table = results().tests, record["tables"]["background"]
    rows = {row["cells"][0]: row["cells"] for row in reversed(table["rows"])}
    measured = tests[tests["outcome"].isin(["migration_background", "education"])]
    assert measured["p"].tolist() == [0.004, 0.1]
    assert [rows["Migratieachtergrond"][-1], rows["Opleiding"][-1]] == ["p\u00a0<\u00a0,05", "niet significant"]
    assert any("andere achtergrond" in note for note in table["notes"])
    assert any("zoals gemeten" in note for note in table["notes"])


@pytest.mark.usefixtures("without_pictures")
def test_a_figure_says_that_merged_classes_are_tested_as_measured(record):
    def notes(record):
        return " ".join(record["figures"]["violence_class"]["notes"])

    assert "zoals gemeten" not in notes(record)
    frame, counts = results().descriptives, {"none": 2, "mild": 10, "frequent_or_severe": 39}
    means = frame["outcome"].map({f"violence_class.{name}": 100 * count / 51 for name, count in counts.items()})
    few = means.where((frame["group"] == "approach") & (frame["wave"] == "T0")).fillna(frame["mean"])
    levels = results().levels
    levels = levels[~levels["outcome"].str.startswith("violence_class")]
    merged = study_record(inputs(shown=shown(results(descriptives=frame.assign(mean=few), levels=levels))))
    assert "zoals gemeten" in notes(json.loads(merged["render.json"]))


def test_adjusted_p_values_are_of_the_tests_that_the_table_says_it_has(record):
    table = record["tables"]["conclusions"]
    tested = [row["cells"] for row in table["rows"] if row["cells"][2] not in ("–", "")]
    assert f"dat zijn er {len(tested)}," in table["notes"][0]
    # the largest of the p's is adjusted for nothing
    largest = max(tested, key=lambda cells: cells[2])
    assert largest[4] == largest[2]


@pytest.mark.usefixtures("without_pictures")
def test_the_figure_of_the_mark_says_which_marks_count():
    def notes(record, outcome):
        return " ".join(record["figures"][outcome]["notes"])

    asked = [cell("mark_help", "adult", group, "follow_up", 7.1, sd=1.2) for group in ("approach", "control")]
    frame = pd.concat([results().descriptives, pd.DataFrame(asked)])
    given = inputs(shown=shown(results(descriptives=frame)))
    record = json.loads(study_record(given)["render.json"])
    assert "wie Multifocus koos als de hulp om te beoordelen" in notes(record, "mark_help")
    study = {**given.study, "approach": {**given.study["approach"], "help_code": None}}
    other = json.loads(study_record(replace(given, study=study))["render.json"])
    assert "Het cijfer is voor de hulp die ieder koos om te beoordelen." in notes(other, "mark_help")


@pytest.mark.usefixtures("without_pictures")
def test_imputed_effects_have_a_table_in_the_appendix_of_a_study_that_asked_for_them(record):
    assert "imputed" not in record["tables"]
    row = {
        "unit": "adult",
        "m": 20,
        "value": 0.25,
        "se": 0.5,
        "ci_low": -0.8,
        "ci_high": 1.3,
        "within": 0.2,
        "fmi": 0.3,
    }
    rows = [{**row, "outcome": name, "n_smallest": n} for name, n in (("safety", 30), ("quality_of_life", 9))]
    given = results(imputed=IMPUTED.typed(rows))
    table = json.loads(study_record(inputs(shown=shown(given)))["render.json"])["tables"]["imputed"]
    assert list(record["tables"])[-1] == "suppressed" and table["number"].startswith("B")
    ((name, before, after, *shares),) = [row["cells"] for row in table["rows"]]
    assert (name, after.replace(NBSP, " "), shares) == ("Gevoel van veiligheid", "0,3 [−0,8; 1,3]", ["20%", "30%"])
    assert before.startswith("0,1 [")


@pytest.mark.usefixtures("without_pictures")
def test_every_name_of_a_report_is_known_from_the_configuration_alone():
    """A new name in a report gets its place in texts/names.py, or no text can use it."""
    given = inputs()
    placeholders = json.loads(study_record(given)["render.json"])["placeholders"]
    assert set(placeholders) - known_names(given.study, read_yaml(ROOT / "config/outcomes.yaml")) == set()


def of_adults(given, names):
    """The result tables without rows about children, or of other outcomes than these."""
    tables = {name: table for name, table in vars(given).items() if "outcome" in getattr(table, "columns", ())}
    for name, table in tables.items():
        stem = table["outcome"].astype(object).fillna("").str.split(".").str[0]
        unit = table.get("unit", stem)
        tables[name] = table[stem.isin([*names, ""]) & ~unit.isin(["child", "youth"])]
    return replace(given, **tables)


@pytest.mark.usefixtures("without_pictures")
def test_a_report_on_two_measurements_of_adults_says_nothing_of_a_third_or_of_children():
    asked = {"waves": ["T0", "T1"], "tables": ["volwassenen"]}
    settings = load(read_yaml(ROOT / "config/config.yaml") | asked, ROOT, check=False)
    study, defined = settings.studies["groningen"], outcomes_from(settings.outcomes_of("groningen"))
    shown_of = treat_study(of_adults(results(), ["participation", *defined]), study, defined, LIMITS)
    files = study_record(inputs(study=study, outcomes=defined, cohort=settings.cohort, shown=shown_of))
    record = json.loads(files["render.json"])
    assert record["labels"]["waves"] == {"T0": "T0", "follow_up": "T1"}
    assert list(record["labels"]["units"]) == ["household", "adult"]
    units = [row["cells"][0] for row in record["tables"]["participants"]["rows"]]
    assert units == ["Huishoudens", "Volwassenen"]
    assert [row["cells"][0] for row in record["tables"]["losses"]["rows"]] == units
    assert record["waves"]["number"] == "twee" and "n.approach.child" not in record["placeholders"]
    texts = dict.fromkeys(("inleiding", "aanpak", "onderzoeksvragen", "werving"), {"html": "", "title": ""})
    html = render_html(record | {"checks": []}, files, texts, ROOT / "resources/pages/report", "")
    assert "Er zijn twee metingen: T0 bij de melding en T1 een jaar na de melding." in html
    assert "Met alle" not in html and "over hun partner en over" not in html
    assert "Het totale geweld in een huishouden is daarom het partnergeweld." in html


@pytest.mark.usefixtures("without_pictures")
def test_a_report_in_which_no_effect_may_be_told_has_no_plot_of_effects_and_says_why():
    given = shown()
    record = json.loads(study_record(inputs(shown=replace(given, estimates=given.estimates.head(0))))["render.json"])
    assert list(record["figures"])[0] == "love" and record["figures"]["love"]["number"] == "1"
