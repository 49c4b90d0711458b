"""Mistakes in a copy of the project's own files: each gives one sentence with file, key and what is allowed."""

import os
import shutil

import pytest
from given.paths import ROOT
from given.project_files import ACE, CLASSIFICATION, MANSA, STUDY, correct

from effectstudie.running.targets import check_targets
from effectstudie.shared.vocabulary import CORRECTION_FIELDS
from effectstudie.shared.yaml_files import read_yaml

# What is right.


def test_the_projects_own_files_are_right(settings):
    assert "groningen" in settings.studies
    assert {"cts2", "ctspc", "mansa"} <= set(settings.instruments)


def test_a_new_study_is_a_file(project):
    copy = project.folder / "config/studies/twente.yaml"
    shutil.copy(project.folder / STUDY, copy)
    project.edit("config/studies/twente.yaml", "study: groningen", "study: twente")
    project.edit("config/studies/twente.yaml", "regio: Groningen", "regio: Twente")
    settings = project.load()
    assert settings.studies["twente"]["approach"]["regio"] == "Twente"
    check_targets(["report_twente"], settings.studies)


def test_a_new_instrument_is_a_file(project):
    definition = """
        instrument: worries
        label: Zorgen
        about: zorgen over de opvoeding
        source: an example
        key: {status: illustrative, note: an example}
        answers: [1, 6]
        reverse: [2]
        missing: {max_share: 0.1, fill: person_mean}
        forms:
          parent: {table: kinderen, views: {child: {columns: "nosik_{:02d}", first: 1, last: 25}}}
        units:
          child: {combine: mean, at: scale}
        scales:
          total: {label: zorgen, items: 1-25, size: 25}
    """
    (project.folder / "resources/instruments/worries.yaml").write_text(definition)
    outcome = """
worries_test:
  variable: worries.total
  unit: child
  kind: mean
  section: wellbeing
  label: opvoedstress
  measure: score
  decimals: 1
"""
    with (project.folder / "config/outcomes.yaml").open("a", encoding="utf-8") as file:
        file.write(outcome)
    project.edit(STUDY, "outcomes: [", "outcomes: [worries_test, ")
    settings = project.load()
    assert settings.exports_of("worries") == ["T0_kinderen", "T1_kinderen", "T2_kinderen"]
    assert settings.outcomes_of("groningen", "variable")["worries_test"] == {"variable": "worries.total"}


@pytest.mark.parametrize("path", sorted((ROOT / "workflow/schemas").glob("*.yaml")), ids=lambda path: path.stem)
def test_no_text_of_a_schema_is_cut_at_a_comma(path):
    """In braces YAML takes what follows a comma for another key."""

    def keys_without_value(node):
        if isinstance(node, dict):
            yield from (key for key, value in node.items() if value is None)
            node = list(node.values())
        for inner in node if isinstance(node, list) else []:
            yield from keys_without_value(inner)

    assert list(keys_without_value(read_yaml(path))) == []


# Mistakes in one file.


@pytest.mark.parametrize(
    ("path", "old", "new", "sentence"),
    [
        (
            "config/config.yaml",
            "minimum_cell: 5",
            "minimum_cell: 2",
            "config/config.yaml: key privacy.minimum_cell is 2; allowed: a whole number from 3.",
        ),
        (
            "config/config.yaml",
            "seed: 20261121",
            "seed: soon",
            "config/config.yaml: key seed is 'soon'; allowed: a whole number from 0.",
        ),
        (
            "config/config.yaml",
            "waves: [T0, T1, T2]",
            "waves: [T0, start]",
            "config/config.yaml: key waves.1 is 'start'; allowed: T and a digit, such as T0.",
        ),
        (
            "config/config.yaml",
            "waves: [T0, T1, T2]",
            "waves: []",
            "config/config.yaml: key waves is []; allowed: a list of different waves, such as [T0, T1].",
        ),
        (
            "config/config.yaml",
            "waves: [T0, T1, T2]",
            "waves: [T0, T2, T1]",
            "config/config.yaml: key waves is ['T0', 'T2', 'T1']; allowed: in order of time, as ['T0', 'T1', 'T2'].",
        ),
        (
            "config/config.yaml",
            "waves: [T0, T1, T2]",
            "waves: [T1, T2]",
            "config/config.yaml: key waves.0 is 'T1'; allowed: T0, the start.",
        ),
        (
            "config/config.yaml",
            "T1: een jaar",
            "T0: een jaar",
            "config/config.yaml: key wave_times.T0 is no name that is allowed; allowed: T and a digit from 1.",
        ),
        (
            "config/config.yaml",
            "tables: [volwassenen, kinderen, jeugd]",
            "tables: [volwassenen, scholen]",
            "config/config.yaml: key tables.1 is 'scholen'; allowed: volwassenen, kinderen or jeugd.",
        ),
        (
            "config/config.yaml",
            "tables: [volwassenen, kinderen, jeugd]",
            "tables: [kinderen]",
            "config/config.yaml: key tables is ['kinderen']; allowed: a list with volwassenen, and kinderen and jeugd "
            "where the cohort has them.",
        ),
        (
            "config/config.yaml",
            "final: false",
            "final: no",
            "config/config.yaml: key final is 'no'; allowed: true or false (no is written as false).",
        ),
        ("config/config.yaml", "seed: 20261121", "", "config/config.yaml: key seed is missing."),
        (
            "config/config.yaml",
            "raw_files: hash",
            "raw_files: encrypted",
            "config/config.yaml: key archive.recipient is None; allowed: a public key of age where raw_files is "
            "encrypted.",
        ),
        (
            "config/config.yaml",
            "raw_files: hash",
            "raw_files: plain",
            "config/config.yaml: key archive.raw_files is 'plain'; allowed: hash or encrypted.",
        ),
        (
            "config/config.yaml",
            "recipient: null",
            "recipient: iemand@example.org",
            "config/config.yaml: key archive.recipient is 'iemand@example.org'; allowed: a public key of age (age1 ",
        ),
        (
            "config/config.yaml",
            "role: onderzoeker}",
            "role: onderzoeker, orcid: 12}",
            "config/config.yaml: key people.0.orcid is 12; allowed: an ORCID such as 0000-0002-1825-0097.",
        ),
        (STUDY, "risk_threshold: 4", "", f"{STUDY}: key risk_threshold is missing."),
        (
            STUDY,
            'version: "0.9"',
            "version: 0.9",
            f'{STUDY}: key version is 0.9; allowed: text between quotes, such as "0.9".',
        ),
        (
            STUDY,
            "target: [50, 100]",
            "target: 50",
            f"{STUDY}: key recruitment.target is 50; allowed: two whole numbers, the lowest first, such as [50, 100].",
        ),
        (
            "config/house_style.yaml",
            "logo: null",
            "logo: 3",
            "config/house_style.yaml: key logo is 3; allowed: a picture (.png, .jpg or .svg), or null for none.",
        ),
        (
            "config/house_style.yaml",
            '"#0b4f6c"',
            "blauw",
            "config/house_style.yaml: key pages.accent is 'blauw'; allowed: a colour as # and six hexadecimal digits, "
            "between quotes.",
        ),
        (
            STUDY,
            "risk_threshold: 4",
            "risk_treshold: 4\nrisk_threshold: 4",
            f"{STUDY}: key risk_treshold is unknown (did you mean 'risk_threshold'?); known: ",
        ),
        (
            STUDY,
            "report_date: 2026-11-21",
            "report_date: 21-11-2026",
            f"{STUDY}: key report_date is '21-11-2026'; allowed: a date as year-month-day, such as 2026-11-21.",
        ),
        (
            STUDY,
            "      ratio: 2",
            "      design: genetic\n      ratio: 2",
            f"{STUDY}: key matching.strategies.strategy_1.design is 'genetic'; allowed: nearest, optimal, full, "
            "overlap or entropy.",
        ),
        (
            STUDY,
            "      ratio: 2\n      caliper: 0.2",
            "      design: full\n      ratio: 2\n      caliper: 0.2",
            f"{STUDY}: key matching.strategies.strategy_1.ratio is 2; allowed: this key with design: nearest "
            "or optimal only.",
        ),
        (
            STUDY,
            "      ratio: 2\n      caliper: 0.2",
            "      design: full",
            f"{STUDY}: key matching.strategies.strategy_1.caliper is missing.",
        ),
        (
            STUDY,
            "      ratio: 2\n      caliper: 0.2",
            "      design: optimal\n      ratio: 2\n      caliper: 0.2",
            f"{STUDY}: key matching.strategies.strategy_1.caliper is 0.2; allowed: this key with design: nearest "
            "or full only.",
        ),
        (
            STUDY,
            "      ratio: 2\n      caliper: 0.2",
            "      design: optimal\n      ratio: 2\n      order: smallest",
            f"{STUDY}: key matching.strategies.strategy_1.order is 'smallest'; allowed: this key with design: nearest "
            "only.",
        ),
        (
            STUDY,
            "      ratio: 2\n      caliper: 0.2",
            "      design: optimal",
            f"{STUDY}: key matching.strategies.strategy_1.ratio is missing.",
        ),
        (
            STUDY,
            "      ratio: 2\n      caliper: 0.2",
            "      design: overlap\n      ratio: 2",
            f"{STUDY}: key matching.strategies.strategy_1.ratio is 2; allowed: this key with design: nearest "
            "or optimal only.",
        ),
        (
            STUDY,
            "      ratio: 2\n      caliper: 0.2",
            "      design: entropy\n      caliper: null",
            f"{STUDY}: key matching.strategies.strategy_1.caliper is None; allowed: this key with design: nearest "
            "or full only.",
        ),
        (
            STUDY,
            "      ratio: 2\n      caliper: 0.2",
            "      caliper: 0.2",
            f"{STUDY}: key matching.strategies.strategy_1.ratio is missing.",
        ),
        (
            STUDY,
            "      ratio: 2\n      caliper: 0.2",
            "      design: nearest\n      ratio: 2",
            f"{STUDY}: key matching.strategies.strategy_1.caliper is missing.",
        ),
        (
            STUDY,
            "caliper: 0.2",
            "caliper: 0",
            f"{STUDY}: key matching.strategies.strategy_1.caliper is 0; allowed: a number above 0, or null for none.",
        ),
        (
            STUDY,
            "    strategy_1:",
            "    Strategie 1:",
            f"{STUDY}: key matching.strategies.Strategie 1 is no name that is allowed; allowed: a name of small "
            "letters, digits and _.",
        ),
        (
            STUDY,
            "study: groningen",
            "study: groningen\nstudy: groningen",
            f"{STUDY}: is not valid YAML: line 2: key 'study' stands here twice.",
        ),
        (STUDY, "study: groningen", "study: twente", f"{STUDY}: key study is 'twente'; allowed: 'groningen', the name"),
        (
            "config/outcomes.yaml",
            "kind: mean",
            "kind: total",
            "config/outcomes.yaml: key total_violence.kind is 'total'; allowed: mean, percentage or class.",
        ),
        (
            "config/outcomes.yaml",
            "  kind: mean",
            "  kind: class",
            "config/outcomes.yaml: key total_violence.classes is missing.",
        ),
        (
            "config/outcomes.yaml",
            '  margin_source: "voorbeeld van de makers: één incident per maand"\n',
            "",
            "config/outcomes.yaml: key total_violence.margin_source is missing; it goes with margin.",
        ),
        (
            "config/outcomes.yaml",
            "  better: lower\n  margin: 12\n",
            "  margin: 12\n",
            "config/outcomes.yaml: key total_violence.better is missing; it goes with margin.",
        ),
        (
            "config/outcomes.yaml",
            "  margin: 12\n",
            "",
            "config/outcomes.yaml: key total_violence.margin is missing; it goes with margin_source.",
        ),
        (
            "config/outcomes.yaml",
            "margin: 12",
            "margin: -12",
            "config/outcomes.yaml: key total_violence.margin is -12; allowed: a number above 0, in the unit of the "
            "outcome.",
        ),
        (
            "config/outcomes.yaml",
            "margin: 12",
            "margin: 0",
            "config/outcomes.yaml: key total_violence.margin is 0; allowed: a number above 0, in the unit of the ",
        ),
        (
            "config/outcomes.yaml",
            "source: method}",
            "source: method, sd: 0}",
            "config/outcomes.yaml: key parenting_stress.norm.sd is 0; allowed: a number above 0.",
        ),
        (
            STUDY,
            "estimand: persons",
            "estimand: children",
            f"{STUDY}: key estimand is 'children'; allowed: persons or households.",
        ),
        (ACE, "instrument: ace", "instrument: aces", f"{ACE}: key instrument is 'aces'; allowed: 'ace', the name of"),
        (
            ACE,
            "first: 1, last: 10}",
            "first: 1}",
            f"{ACE}: key forms.adult.views.own.last is missing.",
        ),
        (
            ACE,
            "ace_{:02d}",
            "ace_01",
            f"{ACE}: key forms.adult.views.own.columns is 'ace_01'; allowed: a pattern such as ace_{{:02d}}, or a list",
        ),
        (
            ACE,
            "adult: {}",
            "adult: {combine: mean}",
            f"{ACE}: key units.adult.at is missing.",
        ),
        (
            ACE,
            "    bounds: true",
            "    bounds: true\n    op: mean",
            f"{ACE}: key scales.count.op is 'mean'; allowed: sum, where there are bounds.",
        ),
        (
            MANSA,
            "    op: mean\n",
            "",
            f"{MANSA}: key scales.mark.op is missing.",
        ),
        (
            MANSA,
            "max_share: 0.25",
            "max_share: 25",
            f"{MANSA}: key missing.max_share is 25; allowed: the share of a scale that may be missing, 0 to 1.",
        ),
        (
            MANSA,
            "    size: 12\n",
            "",
            f"{MANSA}: key scales.mark is ",
        ),
        (
            f"{CLASSIFICATION}/violence.yaml",
            "unit: household",
            "unit: adult",
            f"{CLASSIFICATION}/violence.yaml: key partner_violence.unit is 'adult'; allowed: household.",
        ),
        (
            f"{CLASSIFICATION}/violence.yaml",
            "mild_from: 4",
            "mild_from: none",
            f"{CLASSIFICATION}/violence.yaml: key partner_violence.mild_from is 'none'; allowed: a number of incidents "
            "above 0.",
        ),
        (
            f"{CLASSIFICATION}/variables.yaml",
            "yes_when: {equals: 1}",
            "yes_when: {is: 1}",
            f"{CLASSIFICATION}/variables.yaml: key low_income.yes_when.is is unknown; known: equals, below, from, ",
        ),
        (
            f"{CLASSIFICATION}/variables.yaml",
            "  yes_when: {equals: 1}\n",
            "",
            f"{CLASSIFICATION}/variables.yaml: key low_income is ",
        ),
        (
            f"{CLASSIFICATION}/risk_factors.yaml",
            "keep: true}",
            "kept: true}",
            f"{CLASSIFICATION}/risk_factors.yaml: key childhood_adversity.kept is unknown (did you mean 'keep'?)",
        ),
        (
            f"{CLASSIFICATION}/risk_factors.yaml",
            "yes_when: {from: 4}",
            "yes_when: {below: 4}",
            f"{CLASSIFICATION}/risk_factors.yaml: key childhood_adversity.yes_when.below is no name that is allowed; "
            "allowed: from or above, where there are bounds.",
        ),
        (
            f"{CLASSIFICATION}/covariates.yaml",
            "of_adults: max",
            "of_adults: sum",
            f"{CLASSIFICATION}/covariates.yaml: key parents_trauma.of_adults is 'sum'; allowed: mean or max.",
        ),
        (
            "resources/exports/jeugd.yaml",
            'type: code, label: "Geslacht", values: {1: jongen, 2: meisje}',
            'type: code, label: "Geslacht"',
            "resources/exports/jeugd.yaml: key columns.geslacht is ",
        ),
        (
            "resources/exports/jeugd.yaml",
            "table: jeugd",
            "table: jongeren",
            "resources/exports/jeugd.yaml: key table is 'jongeren'; allowed: 'jeugd', the name of the file.",
        ),
    ],
)
def test_a_mistake_in_a_file_is_one_sentence(project, path, old, new, sentence):
    project.edit(path, old, new)
    assert project.problem().startswith(sentence)


def test_mistakes_of_several_files_come_at_once(project):
    project.edit(STUDY, "risk_threshold: 4", "risk_threshold: many")
    project.edit(ACE, "answers: [0, 1]", "answers: [0]")
    (project.folder / "config/variables.csv").write_text("a,b\n")
    assert len(project.problems()) == 3


# Places, and names of columns.


def test_a_tilde_is_the_home_folder(project, monkeypatch):
    monkeypatch.setenv("HOME", str(project.folder.parent))
    project.config |= {"raw_dir": "~/raw", "corrections_file": "~/corrections.csv"}
    correct(project, ",".join(CORRECTION_FIELDS) + "\n")
    project.config |= {"container_image": "~/effectstudie.sif"}
    config = project.load().config
    assert config["raw_dir"] == str(project.folder.with_name("raw"))
    assert config["container_image"] == str(project.folder.with_name("effectstudie.sif"))
    assert config["pseudonym_key_file"].startswith(str(project.folder.parent))


def test_a_container_is_the_file_of_an_image_or_none(project):
    assert project.load().config["container_image"] is None
    project.edit("config/config.yaml", "\ncontainer_image: null", "")
    assert project.load().config["container_image"] is None
    for other in ("docker://institute/effectstudie", "my images/effectstudie.sif", ""):
        project.config["container_image"] = other
        assert "key container_image is" in project.problem() and "the .sif file of an image" in project.problem()


def test_the_demonstration_cohort_has_a_published_key_and_no_other_cohort_has(project):
    assert project.load().config["pseudonym_key_file"] == "resources/demo/pseudonym.key"
    project.config["raw_dir"] = "/data"
    own = os.path.expanduser("~/.config/effectstudie/pseudonym.key")
    assert project.load().config["pseudonym_key_file"] == own


def test_a_name_for_a_column_that_does_not_exist_is_refused(project):
    (project.folder / "config/variables.csv").write_text("file,raw_name,canonical_name\nT1_jeugd,V1,siss_01\n")
    assert project.problem().startswith(
        "config/variables.csv: canonical_name names the column 'siss_01', which does not exist (did you mean 'sis_"
    )


# Files without what belongs in them.


@pytest.mark.parametrize("remarks", ["", "# nothing was cleared yet\n", "---\n"])
def test_a_list_of_what_was_cleared_may_hold_remarks_only(project, remarks):
    (project.folder / "config/cleared.yaml").write_text(remarks)
    assert project.load().cleared == []


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        ("config/cleared.yaml", "- {file: a}\n", "the file is [{'file': 'a'}]; allowed: keys with values."),
        ("config/cleared.yaml", "text\n", "the file is 'text'; allowed: keys with values."),
        (
            "config/cleared.yaml",
            "cleared:\n",
            "key cleared is None; allowed: a list of lines as a run gives them, or []",
        ),
        ("config/cleared.yaml", "cleared: [\n", "is not valid YAML"),
        (
            "resources/norms/illustrative/manifest.yaml",
            "",
            "the file is None; allowed: The manifest of a folder of norm",
        ),
        (
            "resources/norms/illustrative/manifest.yaml",
            "- 1\n",
            "the file is [1]; allowed: The manifest of a folder of",
        ),
        ("resources/norms/illustrative/manifest.yaml", "mansa: 1\n", "key mansa is 1; allowed: keys with values."),
        ("resources/norms/illustrative/manifest.yaml", "mansa: [1]\n", "key mansa is [1]; allowed: keys with values."),
        ("resources/norms/illustrative/manifest.yaml", "mansa: {kind: lookup}\n", "key mansa.file is missing."),
    ],
)
def test_a_file_of_another_kind_is_told_with_what_is_allowed(project, path, content, told):
    (project.folder / path).write_text(content)
    assert any(problem.startswith(f"{path}: ") and told in problem for problem in project.problems())


@pytest.mark.parametrize("title", ["''", "'  '", '"\\t"', "'\u00a0'", '"\\u202eaanpak"', '"\\u200b"'])
def test_a_title_that_nobody_can_read_is_refused(project, title):
    lines = (project.folder / STUDY).read_text().splitlines()
    lines = [f"title: {title}" if line.startswith("title:") else line for line in lines]
    (project.folder / STUDY).write_text("\n".join(lines))
    (problem,) = project.problems()
    assert problem.startswith(STUDY)
    assert "key title is" in problem or "a sign that nobody sees; take it out." in problem
