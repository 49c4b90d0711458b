import pandas as pd
from given.analyses import FOUND, NAMES, WORDS, verdicts

from effectstudie.disclosure.certainty import visible
from effectstudie.report.tables.certainty import conclusions, losses, risk_groups, ways_to_match
from effectstudie.shared.formats import NBSP

PRIVACY = {"minimum_cell": 5, "minimum_group": 10}
GROUPS = {"approach": "Multifocus", "control": "Controlegroep"}


def test_the_table_of_conclusions():
    shown = visible(FOUND, ["a"], 10)
    table = conclusions(shown, verdicts(a="cr2", b=None), NAMES, {"a": 1, "b": 0}, WORDS)
    assert table.iloc[0].tolist() == [
        "Uitkomst A", f"3,3 [−1,0;{NBSP}7,5]", ",200", ",400", ",300", "anders bij: fouten per huishouden (CR2)",
    ]  # fmt: skip
    assert table.iloc[1].tolist() == ["Uitkomst B", "–", "–", "–", "–", "niet te toetsen"]


def cells(n=(19, 18, 13, 25), change=(-60.0, -43.0, -42.0, -82.0)):
    keys = [("approach", True), ("approach", False), ("control", True), ("control", False)]
    rows = [("a", *key, size, moved) for key, size, moved in zip(keys, n, change, strict=True)]
    return pd.DataFrame(rows, columns=["outcome", "group", "risk", "n", "change"])


def moderation(p_both):
    return pd.DataFrame([("a", "risk", 0.03), ("a", "group_x_risk", p_both)], columns=["outcome", "effect", "p"])


def risk_table(table, p_both=0.2, kind="mean"):
    definitions = {"a": {"kind": kind, "decimals": 0}}
    return risk_groups(moderation(p_both), table, NAMES, definitions, GROUPS, WORDS, PRIVACY)


def test_change_by_risk_at_the_start():
    table, different = risk_table(cells())
    assert table.iloc[0].tolist() == ["Uitkomst A", "−60 (19)", "−43 (18)", "−42 (13)", "−82 (25)", ",030", ",200"]
    assert list(table.columns)[1:3] == ["Multifocus, met cumulatie", "Multifocus, zonder cumulatie"]
    assert different == [] and risk_table(cells(), p_both=0.04)[1] == ["a"]


def test_one_small_cell_hides_the_whole_outcome():
    """With the size of its group, known from elsewhere, the other cell would give it away."""
    table, different = risk_table(cells(n=(9, 28, 13, 25)), p_both=0.001)
    assert table.empty and different == []


def test_a_percentage_that_few_people_moved_is_not_shown():
    table, _ = risk_table(cells(change=(-26.0, 0.0, -20.0, 8.0)), kind="percentage")
    assert table.iloc[0].tolist()[1:5] == ["−26 (19)", "0 (18)", "– (13)", "– (25)"]


def lost(*rows):
    """(unit, group, stayed, lost)"""
    frame = pd.DataFrame(rows, columns=["unit", "group", "n_stayed", "n_lost"])
    frame = frame.assign(analysis="loss", n=frame["n_stayed"] + frame["n_lost"], p=float("nan"))
    frame = frame.assign(percentage_lost=100 * frame["n_lost"] / frame["n"])
    tested = pd.DataFrame([{"analysis": "differential_loss", "unit": "adult", "p": 0.5}])
    return pd.concat([frame, tested])


def test_loss_is_a_percentage_unless_few_were_lost():
    many = lost(("adult", "approach", 40, 10), ("adult", "control", 45, 15))
    few = lost(("adult", "approach", 46, 4), ("adult", "control", 45, 15))
    none = lost(("adult", "approach", 50, 0), ("adult", "control", 45, 15))
    rows = [losses(one, {"adult": "volwassenen"}, GROUPS, WORDS, 5).iloc[0].tolist() for one in (many, few)]
    assert rows == [["Volwassenen", "20%", "25%", ",500"], ["Volwassenen", "–", "25%", "–"]]
    # that nobody was lost says something of everyone
    assert losses(none, {"adult": "volwassenen"}, GROUPS, WORDS, 5).iloc[0, 1] == "–"


def test_a_matching_that_leaves_out_a_few_says_neither_how_many_nor_what_it_is_worth():
    row = {"variant": "half_caliper", "n_approach": 47, "n_unmatched": 4, "n_controls": 61, "ess_controls": 55.2,
           "mean_smd": 0.19, "max_smd": 2.9, "worst_covariate": "n_children", "note": float("nan")}  # fmt: skip
    enough = {**row, "n_unmatched": 5, "mean_smd": 1.9, "max_smd": 0.0996}
    cannot = {**row, "variant": "ratio_1", "note": "no control within the caliper"}
    table = ways_to_match(pd.DataFrame([row, cannot, enough]), WORDS, 5, {"n_children": "Aantal kinderen"})
    assert table.iloc[0].tolist() == ["halve grens", "> 46", "61", "–", "0,19",
                                      "1,2 of meer (aantal kinderen)"]  # fmt: skip
    assert table.iloc[1].tolist()[1:] == ["–"] * 5
    # a difference under the border of 0,1 is not printed as one on it
    assert table.iloc[2].tolist()[1:] == ["47", "61", "55,2", "1,20", "0,0996 (aantal kinderen)"]


def test_every_word_that_an_analysis_or_variant_may_need_is_there():
    from effectstudie.matching.variants import variants_of

    strategies = [{"ratio": ratio, "caliper": caliper} for ratio in (1, 2, 3) for caliper in (None, 0.2, 1.0)]
    variants = {name for strategy in strategies for name in variants_of(strategy)}
    assert variants <= set(WORDS["variants"])
    assert {f"matching_{name}" for name in variants - {"as_chosen"}} <= set(WORDS["analyses"])
    in_tables = {name for part in WORDS["p_tables"].values() for name in part["analyses"]}
    assert in_tables == set(WORDS["analyses"]) - {"holm", "benjamini_hochberg"}
