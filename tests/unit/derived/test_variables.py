import numpy as np
import pandas as pd
import pytest
from given.derived_table import CLASSIFICATION, INSTRUMENTS, NORMS, TABLE, WORDS, made

from effectstudie.definitions.checks.studies import known_variables
from effectstudie.definitions.instruments import QUALITY, digest, form_columns
from effectstudie.definitions.lineage import COMPUTED, ONLY_OF_A_STUDY
from effectstudie.derived.questionnaires import compact_columns
from effectstudie.derived.score import scores_of
from effectstudie.derived.variables import COLUMNS, range_of
from effectstudie.scoring.instrument import score_columns, score_instrument
from effectstudie.scoring.score_tables import ROW_COLUMNS

INCIDENTS = "omgezet in incidenten per jaar (1→0, 2→0, 3→1, 4→2, 5→4, 6→8, 7→15, 8→25)"


def row(name, unit=None):
    rows = TABLE[TABLE["variabele"] == name]
    rows = rows if unit is None else rows[rows["eenheid"] == unit]
    (found,) = rows.to_dict("records")
    return found


# Which rows there are.


@pytest.mark.parametrize("stem", INSTRUMENTS)
def test_every_column_of_a_score_table_has_exactly_one_row_a_unit(stem):
    definition = INSTRUMENTS[stem]
    quality = {f"{scale}.{about}" for scale in definition["scales"] for about in QUALITY}
    columns = [name for name in score_columns(definition) if name not in ROW_COLUMNS and name not in quality]
    rows = TABLE[TABLE["variabele"].str.startswith(f"{stem}.")]
    assert sorted(set(rows["variabele"])) == sorted(f"{stem}.{name}" for name in columns)
    assert not rows.duplicated(["variabele", "eenheid"]).any()


def test_every_variable_that_a_study_can_name_has_a_row_for_each_of_its_units():
    known = known_variables(INSTRUMENTS, CLASSIFICATION["variables"])
    counted = [f"risk_factor_{name}" for name in CLASSIFICATION["risk_factors"]]
    known |= {name: {"household"} for name in ("risk_at_least", "risk_at_most", *counted, *ONLY_OF_A_STUDY)}
    expected = {(name, WORDS["units"][unit]) for name, units in known.items() for unit in units}
    rows = list(zip(TABLE["variabele"], TABLE["eenheid"], strict=True))
    assert set(rows) == expected and len(rows) == len(expected)
    assert set(COMPUTED) <= set(WORDS["computed"])


def test_no_cell_is_empty_and_none_holds_a_placeholder_or_a_python_word():
    assert list(TABLE.columns) == COLUMNS
    for name in COLUMNS:
        assert TABLE[name].str.strip().ne("").all(), name
        assert not TABLE[name].str.contains(r"[{}]|\bNone\b|\bnan\b|  ").any(), name


def test_every_row_has_a_formula_a_source_and_a_key_status():
    statuses = tuple(WORDS["key_status"].values())
    for one in TABLE.to_dict("records"):
        assert one["formule"] != WORDS["none"] and one["bron"] != WORDS["none"]
        if one["variabele"].partition(".")[0] in INSTRUMENTS:
            assert one["sleutel"].startswith(statuses)
        else:
            assert one["sleutel"] == WORDS["no_key"] or any(status in one["sleutel"] for status in statuses)


def test_rows_are_sorted_by_name_and_do_not_hang_on_the_order_of_the_files():
    scores = [name.split(".") for name in TABLE["variabele"] if "." in name]
    others = [name for name in TABLE["variabele"] if "." not in name]
    assert scores == sorted(scores) and others == sorted(others)
    assert list(TABLE["variabele"])[len(scores) :] == others
    backwards = dict(reversed(INSTRUMENTS.items()))
    pd.testing.assert_frame_equal(made(backwards, dict(reversed(NORMS.items()))), TABLE)


def test_an_edited_definition_changes_the_version_of_its_own_rows_only():
    edited = {**INSTRUMENTS, "mansa": {**INSTRUMENTS["mansa"], "label": "MANSA 2"}}
    after = made(edited)
    changed = TABLE.loc[TABLE["versie"] != after["versie"], "variabele"]
    assert list(changed) == ["mansa.mark"]
    assert row("mansa.mark")["versie"] == digest(INSTRUMENTS["mansa"])


# Formulae, one for each way to make a score.


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("ace.count", None, "som van 10 items"),
        ("safety.mark", None, "het antwoord op item 1"),
        (
            "mansa.mark",
            None,
            "gemiddelde van 12 items, lineair omgezet van 1–7 naar 1–10: 1 + (gemiddelde − 1) × 9 / 6",
        ),
        ("kidscreen.physical", None, "som van 5 items; item 1 omgekeerd (6 − antwoord)"),
        ("kidscreen.psychological", None, "som van 7 items; items 9–11 omgekeerd (6 − antwoord)"),
        ("kidscreen.school", None, "som van 4 items"),
        ("tsi.AA", None, "som van 9 items; afgerond op een geheel getal (een half naar boven)"),
        ("tsi.symptoms", None, "gemiddelde van 87 items"),
        ("tscc.hyperresponse", None, "aantal van 8 items met antwoord 3"),
        (
            "auditc_own.drinks_per_week",
            None,
            "item 1 (0→0, 1→0,23, 2→0,69, 3→2,5, 4→5) × item 2 (0→1,5, 1→3,5, 2→5,5, 3→8, 4→12); "
            "als item 1 = 0: item 2 = 0",
        ),
        ("auditc_own.total", None, "som van 3 items; als item 1 = 0: item 2 = 0, item 3 = 0"),
        ("sis.insecurity", None, "sis.reactivity + sis.dysregulation + sis.avoidance + sis.involvement"),
        (
            "cts2.physical",
            "volwassene",
            f"som van 24 antwoorden (12 items, elk over de respondent en de partner), {INCIDENTS}",
        ),
        (
            "cts2.physical",
            "huishouden",
            f"som van 24 antwoorden (12 items, elk over beide partners), {INCIDENTS}; per gedraging telt de hoogste "
            "waarde: van de een over zichzelf of van de ander over de partner",
        ),
        ("cts2.physical.own", None, f"som van 12 items over de respondent, {INCIDENTS}"),
        ("cts2.injury.own", None, f"som van 6 items over de partner, {INCIDENTS}"),
        (
            "ctspc.witness.year",
            None,
            "1 als een antwoord 3–8 voorkomt in 15 antwoorden; onbekend als het niet voorkomt en er antwoorden "
            "ontbreken; anders 0",
        ),
        (
            "ctspc.physical.severe",
            None,
            f"som van 8 items, {INCIDENTS}; onder 2 jaar ook item 3; per item telt de hoogste waarde van de ouders en "
            "het kind zelf",
        ),
        ("ctspc.neglect.severe", None, "altijd 0: de schaal heeft geen items van deze soort"),
        ("ctspc.neglect.chronicity", None, "ctspc.neglect, als die hoger is dan 0"),
        ("nosik.stress", None, "som van 25 items; bij meer informanten het gemiddelde van de scores van de ouders"),
        ("nosik.stress.discrepancy", None, "hoogste − laagste nosik.stress van de informanten, elk apart gescoord"),
        (
            "nosik.stress.t",
            None,
            "50 + 10 × (nosik.stress − gemiddelde) / sd; gemiddelde en sd uit de normtabel (illustratief – geen norm)",
        ),
        ("ace.count.at_most", None, "som van 10 items; elk ontbrekend antwoord telt als 1, het hoogst mogelijke"),
    ],
)
def test_a_formula_says_how_the_score_is_made(name, unit, expected):
    assert row(name, unit)["formule"] == expected


def test_a_variable_of_families_says_whose_variable_it_counts():
    found, persons = row("stressed_parents"), row("high_stress")
    assert found["formule"] == "100 als high_stress 100 is voor een kind in het huishouden; anders 0"
    assert found["eenheid"] == "huishouden" and "niemand 100 heeft" in found["ontbrekend"]
    assert {key: found[key] for key in ("vragenlijst", "items", "norm")} == {
        key: persons[key] for key in ("vragenlijst", "items", "norm")
    }


def test_the_formula_of_a_weighted_mean_names_items_weights_and_gates():
    text = row("help.satisfaction", "volwassene")["formule"]
    assert "items 7–10 met als gewicht items 13–16" in text
    assert "als item 1 = 0: 7 en 13 niet van toepassing; als item 2 = 0: 8 en 14 niet van toepassing" in text


def test_the_formula_of_contradictions_names_every_pair():
    text = row("tsi.INC")["formule"]
    assert text.startswith("som van de absolute verschillen tussen 9 paren items: |1 − 2| + |10 − 11| + ")
    assert text.count("|") == 18


def test_a_licensed_norm_is_named_with_its_source_and_bounds():
    entry = {"file": "tsi.csv", "kind": "linear", "source": "Uitgever", "edition": "2e druk", "floor": 20, "cap": 100}
    table = made(norms={**NORMS, "tsi": {"status": "licensed", "entry": entry}})
    one = table[table["variabele"] == "tsi.AA.t"].iloc[0]
    assert one["norm"] == "gelicentieerd: tsi.csv, Uitgever, 2e druk" and one["bereik"] == "20–100"


def test_without_a_norm_a_t_score_is_said_to_stay_empty():
    table = made(norms={}).set_index("variabele")
    one = table.loc["tsi.AA.t"]
    assert one["formule"].startswith("altijd leeg") and one["ontbrekend"] == "altijd leeg"
    assert (one["norm"], one["bereik"]) == ("geen norm", "n.v.t.")
    assert table.loc["clinical_trauma", "norm"] == "geen norm"


def test_an_illustrative_norm_or_key_is_never_shown_as_a_real_one():
    normed = TABLE[TABLE["variabele"].str.endswith(".t")]
    assert len(normed) > 20 and normed["norm"].str.startswith("illustratief – geen norm: ").all()
    assert row("clinical_trauma_child")["norm"].count("illustratief – geen norm") == 2
    invented = [stem for stem, one in INSTRUMENTS.items() if one["key"]["status"] == "illustrative"]
    keys = TABLE[TABLE["variabele"].str.partition(".")[0].isin(invented)]["sleutel"]
    assert keys.str.startswith("illustratief – verzonnen sleutel: ").all()


# Missing answers.


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("ace.count", None, "geen score als een van de 10 antwoorden ontbreekt"),
        ("safety.mark", None, "geen score als het antwoord ontbreekt"),
        # a fifth of 24 is 4.8, of fifteen exactly three
        (
            "cts2.physical",
            "huishouden",
            "geen score als meer dan 20% ontbreekt (meer dan 4 van 24 antwoorden); wat ontbreekt, telt niet mee",
        ),
        (
            "ctspc.witness",
            None,
            "geen score als meer dan 20% ontbreekt (meer dan 3 van 15 antwoorden); wat ontbreekt, telt niet mee",
        ),
        # a side has half of the answers, a part is judged with the whole scale
        (
            "cts2.physical.partner",
            None,
            "geen score als meer dan 20% ontbreekt (meer dan 2 van 12 antwoorden); wat ontbreekt, telt niet mee",
        ),
        (
            "cts2.physical.minor",
            "volwassene",
            "geen score als meer dan 20% ontbreekt (meer dan 4 van 24 antwoorden); wat ontbreekt, telt niet mee; ook "
            "niet als van dit deel niets is beantwoord",
        ),
        (
            "tsi.AA",
            None,
            "geen score als meer dan 20% ontbreekt (meer dan 1 van 9 antwoorden); wat ontbreekt, krijgt het gemiddelde "
            "van de gegeven antwoorden",
        ),
        ("tscc.dissociation_fantasy", None, "geen score als een van de 3 antwoorden ontbreekt"),
        ("ctspc.witness.discrepancy", None, "altijd leeg, want er is maar één informant"),
        ("ctspc.neglect.discrepancy", None, "leeg bij minder dan twee informanten met een score"),
    ],
)
def test_the_missing_rule_is_said_in_numbers_of_answers(name, unit, expected):
    assert row(name, unit)["ontbrekend"] == expected


# Items, columns, ranges.


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("cts2.physical", "huishouden", "0–600"),  # 24 answers of at most 25
        ("cts2.partner_violence", "volwassene", "0–1.650"),  # 33 items, two views
        ("cts2.partner_violence.own", None, "0–825"),
        ("cts2.physical.severe", "volwassene", "0–350"),  # 7 items, two views
        ("cts2.physical.severe.year", "volwassene", "0 of 1"),
        ("cts2.physical.chronicity", "volwassene", "1–600"),
        ("cts2.physical.discrepancy", None, "0–600"),
        ("ctspc.physical.minor", None, "0–125"),
        ("ctspc.physical.severe", None, "0–225"),  # 9 items under two
        ("ctspc.neglect.severe", None, "0"),
        ("mansa.mark", None, "1–10"),
        ("kidscreen.index10", None, "10–50"),
        ("simspr.insecurity", None, "4–20"),
        ("simspr.insecurity.discrepancy", None, "0–16"),
        ("auditc_own.drinks_per_week", None, "0–60"),
        ("tsi.INC", None, "0–27"),
        ("tsi.INC.t", None, "zie de norm"),
        ("help.satisfaction", "kind", "1–5"),
        ("violence_class", None, "0–2"),
        ("risk_at_most", None, "0–7"),
        ("age_group", None, "1–5"),
        ("physical_mutuality", None, "0–3"),
        ("high_stress", None, "0 of 100"),
        ("stressed_parents", None, "0 of 100"),
    ],
)
def test_ranges_agree_with_a_count_by_hand(name, unit, expected):
    assert row(name, unit)["bereik"] == expected


@pytest.mark.parametrize("stem", ["cts2", "ctspc", "auditc_own", "kidscreen", "simspr", "tsi", "tscyc"])
def test_no_score_of_random_answers_lies_outside_its_range(stem):
    """Some answers missing, two informants, children from one year on."""
    definition, rng, n = INSTRUMENTS[stem], np.random.default_rng(7), 60
    low, high = definition["answers"]
    tables = {}
    for form, spec in definition["forms"].items():
        names = list(form_columns(spec).values())
        frame = pd.DataFrame(rng.integers(low, high + 1, (2 * n, len(names))).astype(float), columns=names)
        frame = frame.mask(rng.random(frame.shape) < 0.03)
        pairs = [f"{i:02d}" for i in range(n) for _ in range(2)]
        frame["household"], frame["respondent"], frame["child"] = pairs, [f"r{i}" for i in range(2 * n)], pairs
        for key, below in (("age", 18), ("sex", 3)):
            if key in spec:
                frame[spec[key]] = np.repeat(rng.integers(1, below, n), 2).astype(float)
        tables[form, "T0"] = frame if spec["table"] != "jeugd" else frame[::2].reset_index(drop=True)
    scores = pd.concat(score_instrument(definition, tables))
    seen = 0
    for one in scores_of(stem, definition):
        values = scores.loc[scores["unit"] == one.unit, one.name.removeprefix(f"{stem}.")].dropna()
        if range_of(one) is None or "range" in one.spec:
            continue
        # where answers that are missing add nothing, a sum may lie under its lowest
        assert values.max() <= range_of(one)[1] + 1e-9 or values.empty, one.name
        assert values.min() >= range_of(one)[0] - 1e-9 or values.empty, one.name
        seen += len(values)
    assert seen > 100


@pytest.mark.parametrize(
    ("name", "unit", "items", "columns"),
    [
        ("ctspc.psychological", None, "6, 10, 12, 14, 21", None),
        ("ctspc.neglect", None, "23–27", "kinderen: ctspc_23…ctspc_27"),
        ("ctspc.witness", None, "28–42", "jeugd: ctspck_23…ctspck_37"),
        (
            "ctspc.nonviolent",
            None,
            "1, 2, 5, 17",
            "kinderen: ctspc_01, 02, 05, 17; jeugd: ctspck_01, 02, 05, 17",
        ),
        ("ctspc.physical.severe", None, "7, 9, 11, 13, 15, 19, 20, 22; onder 2 jaar ook 3", None),
        # injury that the respondent caused is in the answers about the partner, the even numbers
        ("cts2.injury.own", None, "11, 23, 31, 41, 55, 71", "volwassenen: cts2_12, 24, 32, 42, 56, 72"),
        ("cts2.injury.partner", None, "11, 23, 31, 41, 55, 71", "volwassenen: cts2_11, 23, 31, 41, 55, 71"),
        ("safety.mark", None, "1", "volwassenen: veiligheid"),
        ("tsi.AA.t", None, "1–9", "volwassenen: tsi_001…tsi_009, leeftijd, geslacht"),
        ("kidscreen.physical", None, "1–5", "jeugd: kidscreen_01…kidscreen_05, leeftijd"),
        ("security.mother", None, "1–15", "jeugd: security_moeder_01…security_moeder_15"),
        ("hazardous_auditc", None, "Achtergrond: 1; AUDIT-C (eigen): 1–3", None),
    ],
)
def test_items_and_columns_are_those_that_the_score_is_made_from(name, unit, items, columns):
    one = row(name, unit)
    assert one["items"] == items
    assert columns is None or one["kolommen"] == columns


def test_columns_are_shortened_only_where_they_follow_each_other():
    assert compact_columns({"jeugd": ["a_09", "a_10", "a_11", "a_13", "x"], "kinderen": ["b_1"]}) == (
        "kinderen: b_1; jeugd: a_09…11, 13, x"
    )


def test_waves_and_ages_are_those_of_the_questionnaires():
    assert [row(name)["metingen"] for name in ("ace.count", "mansa.mark", "n_children")] == ["T0", "T0, T1, T2", "T0"]
    assert row("help.mark", "kind")["metingen"] == "T1, T2"
    assert row("tscyc.anxiety")["leeftijd"] == "3 t/m 12 jaar"
    assert row("clinical_trauma_child")["leeftijd"] == "TSCYC: 3 t/m 12 jaar; TSCC: 8 t/m 17 jaar"
    assert row("mansa.mark")["leeftijd"] == "alle leeftijden"


def test_better_is_the_scale_s_and_a_difference_has_none():
    assert row("mansa.mark")["beter"] == "hoger" and row("ace.count.at_least")["beter"] == "lager"
    assert row("nosik.stress.discrepancy")["beter"] == "n.v.t."
    assert row("cts2.negotiation", "huishouden")["beter"] == "onbepaald"


def test_a_label_says_the_suffix_in_words():
    assert row("ctspc.physical.minor.known")["omschrijving"] == (
        "lichamelijk geweld tegen het kind, licht, voor zover gemeld"
    )
    assert row("cts2.physical.own.year")["omschrijving"] == (
        "lichamelijk geweld, door de respondent zelf, in het afgelopen jaar (ja/nee)"
    )
    assert row("cts2.injury.own")["omschrijving"] == "letsel, toegebracht door de respondent zelf"
    assert row("tsi.AA.t")["omschrijving"] == "gespannenheid, T-score"


# Variables that are made from scores.


def test_yes_no_bands_conditions_and_classes_are_written_with_their_cut_offs():
    assert row("unemployment")["formule"] == "100 als background.paid_hours < 12; anders 0"
    assert row("age_group")["formule"] == (
        "background.age: 1 als < 25; 2 als ≥ 25 en < 35; 3 als ≥ 35 en < 45; 4 als ≥ 45 en < 55; 5 als ≥ 55"
    )
    assert row("hazardous_auditc")["formule"] == (
        "100 als (background.sex = 1 en auditc_own.total ≥ 4) of (background.sex = 2 en auditc_own.total ≥ 3); anders 0"
    )
    assert row("physical_severity")["formule"] == (
        "2 (ernstig) als cts2.physical.severe.year = 1; anders 1 (licht) als cts2.physical.minor.year = 1; "
        "anders 0 (geen)"
    )
    assert "een van tscc.anxiety.t, tscc.depression.t" in row("clinical_trauma_child")["formule"]


def test_a_source_is_the_variable_s_own_or_said_to_be_absent():
    assert row("high_stress")["bron"] == "keuze van dit onderzoek"
    assert row("low_income")["bron"] == "geen bron vermeld in variables.yaml"
    assert row("violence_class")["bron"] == "resources/classification/violence.yaml"


def test_violence_classes_follow_the_cut_offs_of_the_definition():
    text = row("violence_class")["formule"]
    assert "cts2.partner_violence.minor + cts2.partner_violence.severe ≥ 22" in text
    assert "ctspc.child_abuse.minor + ctspc.child_abuse.severe ≥ 3; anders 1" in text
    spec = CLASSIFICATION["violence"]
    table = made(violence={**spec, "child_abuse": {**spec["child_abuse"], "frequent_from": 9}})
    assert "ctspc.child_abuse.severe ≥ 9" in table.set_index("variabele").loc["violence_class", "formule"]


def test_risk_factors_and_thresholds_of_studies_are_listed():
    text = row("risk_at_least")["formule"]
    assert "(1) ace.count ≥ 4 (eens gemeten, altijd geldig); (2) background.income = 1; " in text
    assert text.endswith("(7) background.single_parent = 1")
    assert row("risk_cumulation")["formule"].endswith("Drempel per studie: groningen 4, west 3")
