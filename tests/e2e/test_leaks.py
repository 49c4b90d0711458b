"""A hunt for small cells in everything that is published of both studies, against counts of the persons themselves."""

import json
import re
from bisect import bisect_left

import pandas as pd
import pytest
import yaml
from given.paths import ROOT

from effectstudie.shared.storage import DUTCH

pytestmark = pytest.mark.e2e

MINIMUM_CELL, MINIMUM_GROUP = 5, 10


@pytest.fixture(scope="module", params=["groningen", "haaglanden"])
def published(request, extended_project):
    """Results, definitions, and the persons with their groups; `groups` and `waves`: as the report calls them."""
    folder = extended_project.folder / "results" / request.param
    record = json.loads((folder / "render/render.json").read_text(encoding="utf-8"))
    persons = pd.read_parquet(folder / "select/analysis.parquet")
    matched = pd.read_parquet(folder / "matching" / record["matching"]["selected"] / "matched.parquet")
    matched = matched.set_index("household")["group"]
    persons = persons.assign(group=persons["household"].map(matched)).dropna(subset=["group", "value"])
    outcomes = yaml.safe_load((extended_project.folder / "config/outcomes.yaml").read_text(encoding="utf-8"))
    labels = record["labels"]
    groups = {group: labels["groups"][group] for group in ("approach", "control")}
    return {"folder": folder / "render", "persons": persons, "outcomes": outcomes, "record": record, "groups": groups,
            "waves": labels["waves"]}  # fmt: skip


def counted(published, outcome, group, wave):
    """How many persons have each value."""
    own = published["persons"]
    own = own[(own["outcome"] == outcome) & (own["group"] == group) & (own["wave"] == wave)]
    return own[own["unit"] == published["outcomes"][outcome]["unit"]]["value"].value_counts()


def table(published, number):
    return pd.read_csv(published["folder"] / f"table_{number}.csv", **DUTCH, dtype=str, keep_default_na=False)


def share(count, n, decimals):
    return f"{100 * count / n:.{decimals}f}%".replace(".", ",")


def test_no_class_of_the_background_with_few_persons_is_printed(published):
    shown, small = table(published, "3").set_index(["Kenmerk", "Categorie"]), 0
    for outcome, definition in published["outcomes"].items():
        if definition["section"] != "background" or definition["kind"] != "class":
            continue
        for group, column in published["groups"].items():
            counts = counted(published, outcome, group, "T0")
            for code, entry in definition["classes"].items():
                count, label = int(counts.get(code, 0)), entry["label"].replace("-", "–")
                if 0 < count < MINIMUM_CELL:
                    small += 1
                    row = (definition["label"], label)
                    assert row not in shown.index or shown.loc[row, column] == "–", (outcome, label, group)
    assert small > 5


def test_what_is_hidden_of_a_group_cannot_be_found_by_subtraction(published):
    hidden = 0
    shown = table(published, "3")
    for name, block in shown.groupby("Kenmerk"):
        definitions = [d for d in published["outcomes"].values() if d["label"] == name and d["kind"] == "class"]
        for column in published["groups"].values():
            cells = block[column]
            if definitions and (cells == "–").any():
                known = sum(float(cell.rstrip("%").replace(",", ".")) for cell in cells if cell != "–")
                unit = "Aantal volwassenen" if definitions[0]["unit"] == "adult" else "Aantal kinderen"
                n = int(shown.set_index("Kenmerk").loc[unit, column])
                hidden += 1
                assert (cells == "–").sum() >= 2 and (100 - known) * n / 100 > MINIMUM_CELL - 0.5, (name, column)
    assert hidden > 0


def whole(cell):
    """The number of a cell that tells one; None where it tells a bound or nothing."""
    digits = str(cell).replace(".", "")
    return int(digits) if digits.isdigit() else None


def test_a_few_households_without_a_control_follow_from_no_two_sizes(published):
    folder, record = published["folder"].parent, published["record"]
    file = folder / "matching" / record["matching"]["selected"] / "summary.json"
    summary = json.loads(file.read_text(encoding="utf-8"))
    flow = pd.read_csv(published["folder"] / "figure_flow.csv", **DUTCH, dtype=str, keep_default_na=False)
    ways = table(published, number_of(published, "ways_to_match")).iloc[:, 1]
    told = {whole(cell) for cell in (*flow.loc[flow["group"] == "approach", "n"], *ways)}
    few = 0 < summary["n_unmatched_approach"] < MINIMUM_CELL
    assert summary["n_matched_approach"] in told
    assert (summary["n_approach"] in told) is not few
    variants = pd.read_csv(folder / "matching/variants.csv").set_index("n_approach")
    small = variants[variants["n_unmatched"].between(1, MINIMUM_CELL - 1)]
    assert not few or len(small)
    assert summary["n_approach"] not in told or not told & set(small.index)


def test_a_few_who_were_lost_follow_from_no_two_sizes(published):
    loss = pd.read_csv(published["folder"].parent / "analysis/attrition.csv").query("analysis == 'loss'")
    sizes, small = table(published, "2"), 0
    units = {"household": 0, "adult": 1, "child": 2, "youth": 3}
    shares = table(published, number_of(published, "losses"))
    for row in loss.itertuples():
        place = 1 + 2 * list(published["groups"]).index(row.group)
        told = [whole(cell) for cell in sizes.iloc[units[row.unit], place : place + 2]]
        if 0 < row.n_lost < MINIMUM_CELL:
            small += 1
            assert None in told, (row.unit, row.group)
            assert shares.iloc[units[row.unit], 1 + place // 2] == "–"
    assert small > 0


def test_the_page_on_quality_tells_no_group_of_the_study(published):
    """With the size of the study a row of a file would tell how many are not in the comparison."""
    folder = published["folder"].parent
    page = (folder / f"report/{folder.name}_kwaliteit.html").read_text(encoding="utf-8")
    heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", page)
    assert "Rijen in het cohort" in heads and "Mogelijke controles" not in heads
    assert not [head for head in heads if head.endswith((" aanpak", " controle"))]


def named(published, outcome):
    """The outcome as tables name it."""
    name = published["record"]["labels"]["titles"].get(outcome, published["outcomes"][outcome]["label"])
    return name[:1].upper() + name[1:]


def percentages(published):
    """The outcomes of the report that are a percentage."""
    for name in published["record"]["placeholders"]:
        outcome = name.removeprefix("sentences.")
        if published["outcomes"].get(outcome, {}).get("kind") == "percentage":
            yield outcome


def is_few(yes, n):
    return 0 < yes < MINIMUM_CELL or 0 < n - yes < MINIMUM_CELL or n < MINIMUM_GROUP or (yes == n > 0)


def number_of(published, name):
    return published["record"]["tables"][name]["number"].lower()


def test_percentages_of_few_persons_stand_in_no_table(published):
    means = table(published, number_of(published, "means")).set_index("Uitkomst")
    small = told = 0
    for outcome in percentages(published):
        for group, column in published["groups"].items():
            for wave, head in published["waves"].items():
                counts = counted(published, outcome, group, wave)
                yes, n = int(counts.get(100, 0)), int(counts.sum())
                printed = (
                    means.loc[named(published, outcome), f"{column} {head}"].replace("\u00a0", " ").partition(" (")[0]
                )
                small, told = small + is_few(yes, n), told + (printed != "–")
                # other cells are hidden where a difference with those who have both measurements tells of a few
                exact = share(yes, n, published["outcomes"][outcome]["decimals"]) if n else "–"
                assert printed in (("–",) if is_few(yes, n) else ("–", exact)), (outcome, group, wave)
    assert small > 0 and told > 5


def test_percentages_of_few_with_both_measurements_are_a_bound(published):
    key, bounds = table(published, number_of(published, "key")).set_index("Uitkomst"), 0
    persons = published["persons"]
    for outcome in percentages(published):
        if named(published, outcome) not in key.index:
            continue
        own = persons[(persons["outcome"] == outcome) & (persons["unit"] == published["outcomes"][outcome]["unit"])]
        for group, column in published["groups"].items():
            pairs = own[own["group"] == group].pivot(index="unit_id", columns="wave", values="value").dropna()
            for wave, head in published["waves"].items():
                yes, n = int((pairs[wave] == 100).sum()), len(pairs)
                printed = key.loc[named(published, outcome), f"{column} {head}"].replace("\u00a0", " ")
                if is_few(yes, n):
                    bounds += 1
                    assert printed[0] in "–<>", (outcome, group, wave)
                else:
                    assert printed == share(yes, n, published["outcomes"][outcome]["decimals"]), (outcome, group, wave)
    assert bounds > 0


def pairs_of(published, outcome, group):
    """Who has both measurements."""
    own = published["persons"]
    own = own[(own["outcome"] == outcome) & (own["group"] == group)]
    own = own[own["unit"] == published["outcomes"][outcome]["unit"]]
    return own.pivot(index="unit_id", columns="wave", values="value").reindex(columns=list(published["waves"])).dropna()


def test_where_few_change_no_test_of_a_percentage_is_exact(published):
    tests = table(published, number_of(published, "tests"))
    estimates = table(published, number_of(published, "estimates")).set_index("Uitkomst")
    answers, few = pd.MultiIndex.from_product([(0, 100)] * 2), 0
    for outcome in percentages(published):
        own = tests[tests["Uitkomst"] == named(published, outcome)]
        crossed = [pairs_of(published, outcome, group).value_counts().reindex(answers) for group in published["groups"]]
        if len(own) and pd.concat(crossed).between(1, MINIMUM_CELL - 1).any():
            few += 1
            assert (own[["Toets", "η²p", "η²G", "Grootte"]] == "–").all(axis=None), outcome
            assert own["p"].str.match("[<≥]").all() and estimates.iloc[:, 0].get(named(published, outcome), "–") == "–"
    assert few > 1


def test_a_mean_that_is_hidden_stands_nowhere_as_another_view_of_it(published):
    """Of everyone, where those with one measurement are few: in the appendix, as a class, or beside a norm."""
    means = table(published, number_of(published, "means")).set_index("Uitkomst")
    scales = table(published, number_of(published, "subscales"))
    norms = table(published, number_of(published, "within_groups"))
    background, seen = table(published, "3"), 0
    views = {"emotional_insecurity": ("SIMS-PR", "Emotionele onveiligheid"),
             "quality_of_life_child": ("KIDSCREEN-27", "Kwaliteit van leven (KIDSCREEN-10)")}  # fmt: skip
    classes = {"low_income": ("Nettohuishoudinkomen per maand", "minder dan 1.500 euro"),
               "unemployment": ("Betaald werk", "minder dan 12 uur per week")}  # fmt: skip
    for place, (group, column) in enumerate(published["groups"].items()):
        for wave, head in published["waves"].items():
            for outcome, row in (views | classes).items():
                if not means.loc[named(published, outcome), f"{column} {head}"].startswith("–"):
                    continue
                seen += 1
                if outcome in views or wave == "T0":
                    frame, cell = (scales, f"{column} {head}") if outcome in views else (background, column)
                    own = frame[(frame.iloc[:, 0] == row[0]) & (frame.iloc[:, 1] == row[1])]
                    assert own[cell].tolist() == ["–"], (outcome, group, wave)
                beside = norms[(norms["Uitkomst"] == named(published, outcome)) & norms["Wat"].str.endswith(head)]
                assert set(beside.iloc[:, 4 + 2 * place]) <= {"–"}, (outcome, group, wave)
    assert seen > 3


def test_small_groups_have_no_mean_anywhere(published):
    sizes = 0
    for name in {"means", "subscales", "effect_by_risk"} & set(published["record"]["tables"]):
        for text in table(published, number_of(published, name)).to_numpy().ravel():
            found = re.search(r"^(.+) \((\d+)\)$", text.replace("\u00a0", " "))
            if found:
                sizes += 1
                n = int(found[2])
                # two exact sizes of the same answers tell of those who are in one of them
                assert n >= MINIMUM_GROUP and n % MINIMUM_CELL == 0, (name, text)
    assert sizes > 50


def test_households_with_a_problem_do_not_stand_beside_the_persons_who_have_it(published):
    means, pairs = (table(published, number_of(published, one)).set_index("Uitkomst") for one in ("means", "key"))
    problems, told = table(published, "4").set_index("Probleem"), 0
    for household, persons in (("traumatised_parents", "clinical_trauma"),
                               ("traumatised_children", "clinical_trauma_child")):  # fmt: skip
        for group, column in published["groups"].items():
            # of everyone, or of those who stayed
            start, name = f"{column} {published['waves']['T0']}", named(published, persons)
            seen = {means.loc[name, start], pairs.loc[name, start]} != {"–"}
            told += seen
            assert not seen or problems.loc[named(published, household), column] == "–", (household, group)
    assert told > 0


def test_sentences_and_alternative_texts_say_only_what_tables_and_figures_show(published):
    record = published["record"]
    cells = {cell for one in record["tables"].values() for row in one["rows"] for cell in row["cells"]}
    printed = {number for cell in cells for number in re.findall(r"[\d.,]+%", cell)} | {"95%"}  # of the intervals
    for path in published["folder"].glob("figure_*.csv"):
        frame = pd.read_csv(path, **DUTCH)
        if "outcome" in frame and "value" in frame:
            printed |= {f"{round(value)}%" for value in frame["value"].dropna()}
            if "bound_value" in frame:  # of the class; a sentence may tell it of the others together
                printed |= {f"{round(100 - value)}%" for value in frame["bound_value"].dropna()}
    texts = [text for name, text in record["placeholders"].items() if name.startswith("sentences.")]
    texts += [figure["alt"] for figure in record["figures"].values()]
    said = {number for text in texts for number in re.findall(r"[\d.,]+%", text)}
    assert len(said) > 10
    assert said <= printed, sorted(said - printed)


OF_OUTCOMES = {"outcome", "cell", "label", "unit", "group", "wave", "n", "value", "sd", "ci_low", "ci_high", "bound",
               "bound_value", "of"}  # fmt: skip
OF_OTHERS = {
    "figure_flow": {"group", "step", "n", "left"},
    "figure_forest": {
        "outcome",
        "theme",
        "title",
        "primary",
        "value",
        "ci_low",
        "ci_high",
        "margin",
        "natural",
        "word",
    },
    "figure_love": {"name", "sample", "size", "strategy"},
    "figure_love_all": {"name", "sample", "size", "strategy"},
    "figure_overlap": {"sample", "p25", "p50", "p75", "strategy"},  # of the groups after matching
}


def test_every_figure_file_holds_what_is_shown_and_nothing_more(published):
    files, of_outcomes, blanked = sorted(published["folder"].glob("figure_*.csv")), 0, 0
    assert len(files) == len(published["record"]["figures"]) > 8
    for path in files:
        frame = pd.read_csv(path, **DUTCH)
        assert set(frame.columns) <= OF_OTHERS.get(path.stem, OF_OUTCOMES), path.name
        if path.stem not in OF_OTHERS:
            of_outcomes += 1
            hidden = frame[frame["bound"].notna()]
            blanked += len(hidden)
            assert hidden[["value"]].isna().all(axis=None), path.name
            assert (frame["n"].dropna() % MINIMUM_CELL == 0).all(), path.name
            stepped = frame["outcome"].isin(published["record"]["in_fives"])
            assert frame.loc[stepped, "n"].isna().all() and (frame.loc[stepped, "value"].dropna() % 5 == 0).all()
            assert (frame.loc[frame["value"].notna() & ~stepped, "n"] >= MINIMUM_GROUP).all(), path.name
    assert of_outcomes > 3 and blanked > 0


# a number as people and programs write it, with six digits or more; a period of three may be a thousand
EXACT_NUMBER = re.compile(r"(?<![\w.,])\d*[.,]\d{4,}(?![\w.,])")


def test_no_result_stands_in_a_test_or_a_document_with_all_its_digits(extended_project):
    """Tests and documents are public: one had a mean of the demonstration that its report hides."""
    results = []
    for path in (extended_project.folder / "results").glob("*/analysis/*.csv"):
        numbers = pd.read_csv(path).select_dtypes("number").stack()
        results += [value for value in numbers.abs() if value != round(value, 2)]
    results.sort()
    assert len(results) > 10_000
    written = [path for top in ("tests", "docs", "benchmarks", "config") for path in (ROOT / top).rglob("*")]
    found, looked = [], 0
    for path in [*written, *ROOT.glob("*.md")]:
        if path.suffix not in (".py", ".md", ".yaml", ".csv", ".R") or "oracles" in path.parts:
            continue
        for text in EXACT_NUMBER.findall(path.read_text(encoding="utf-8", errors="replace")):
            digits = len(text.lstrip("0.,")) - (text[0] not in "0.,")
            if digits < 6 or text.endswith(("333333", "666667")):
                continue
            looked += 1
            value, half = float(text.replace(",", ".")), 0.5 * 10.0 ** -len(re.split("[.,]", text)[1])
            place = bisect_left(results, value - half)
            if place < len(results) and results[place] <= value + half:
                found.append((str(path.relative_to(ROOT)), text))
    assert found == [] and looked > 20
