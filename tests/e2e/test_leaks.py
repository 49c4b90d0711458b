"""A hunt for small cells in everything that is published of both studies, against counts of the persons themselves."""

import json
import re

import pandas as pd
import pytest
import yaml

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
    return pd.read_csv(published["folder"] / f"table_{number}.csv", dtype=str, keep_default_na=False)


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


def test_percentages_of_few_persons_stand_in_no_table(published):
    means, small = table(published, "b2").set_index(["Uitkomst", "Groep"]), 0
    titles = published["record"]["labels"]["titles"]
    for outcome in published["record"]["placeholders"]:
        outcome = outcome.removeprefix("sentences.")
        definition = published["outcomes"].get(outcome)
        if definition is None or definition["kind"] != "percentage":
            continue
        name = titles.get(outcome, definition["label"])
        for group, column in published["groups"].items():
            for wave, head in published["waves"].items():
                counts = counted(published, outcome, group, wave)
                yes, n = int(counts.get(100, 0)), int(counts.sum())
                printed = means.loc[(name[:1].upper() + name[1:], column), f"M {head}"]
                if 0 < yes < MINIMUM_CELL or 0 < n - yes < MINIMUM_CELL or n < MINIMUM_GROUP or yes == n:
                    small += 1
                    assert printed == "–", (outcome, group, wave)
                else:
                    assert printed == share(yes, n, definition["decimals"]), (outcome, group, wave)
    assert small > 0


def test_small_groups_have_no_mean_anywhere(published):
    scales = published["record"]["tables"]["subscales"]["number"].lower()
    for number, columns in (("b2", [f"n {wave}" for wave in published["waves"].values()]), (scales, [])):
        frame = table(published, number)
        for column in columns:
            few = frame[column].str.fullmatch(r"\d")
            assert (frame.loc[few, column.replace("n ", "M ")] == "–").all()
        for text in frame.to_numpy().ravel():
            found = re.search(r"\((\d+)\)$", text.replace("\u00a0", " "))
            assert found is None or int(found.group(1)) >= MINIMUM_GROUP, text


def test_sentences_and_alternative_texts_say_only_what_stands_in_the_tables(published):
    record = published["record"]
    cells = {cell for one in record["tables"].values() for row in one["rows"] for cell in row["cells"]}
    printed = {number for cell in cells for number in re.findall(r"[\d.,]+%", cell)}
    texts = [text for name, text in record["placeholders"].items() if name.startswith("sentences.")]
    texts += [figure["alt"] for figure in record["figures"].values()]
    said = {number for text in texts for number in re.findall(r"[\d.,]+%", text)}
    assert len(said) > 10
    assert said <= printed, sorted(said - printed)


def test_every_table_and_figure_file_holds_what_is_shown_and_nothing_more(published):
    allowed = {"outcome", "cell", "label", "unit", "group", "wave", "n", "value", "sd", "ci_low", "ci_high", "status"}
    files = sorted(published["folder"].glob("figure_*.csv"))
    assert len(files) > 15
    for path in files:
        frame = pd.read_csv(path)
        if "outcome" in frame:
            assert set(frame.columns) <= allowed, path.name
            blanked = frame[frame["status"].notna() & (frame["status"] != "")]
            assert blanked[["value"]].isna().all(axis=None), path.name
            assert not frame["n"].between(1, MINIMUM_CELL - 1).any(), path.name
