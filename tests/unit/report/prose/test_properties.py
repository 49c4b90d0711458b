"""Whatever the numbers, no sentence says what they do not: properties over arbitrary facts and arbitrary raw tables."""

import pandas as pd
from given.prose_checks import assert_true_of_class, assert_true_of_outcome
from given.prose_reading import (
    CLASS_BLOCKS,
    DIRECTION,
    OUTCOME_BLOCKS,
    PHRASES,
    TEXTS,
    UNITS,
    claims,
    marked,
    plain,
    topic,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from effectstudie.analysis.size_words import size_word
from effectstudie.disclosure.tests import treat_tests
from effectstudie.disclosure.values import treat
from effectstudie.report.prose.classes import class_sentences
from effectstudie.report.prose.facts import class_facts, outcome_facts
from effectstudie.report.prose.means import outcome_sentences
from effectstudie.report.prose.outcome import OutcomeFacts, Shown, Verdict, verdict
from effectstudie.shared import formats

# the same examples at every run; frames take long
FIXED = settings(derandomize=True, database=None, deadline=None, max_examples=300)
FRAMES = settings(FIXED, max_examples=60)
GROUPS, WAVES = ("approach", "control"), ("T0", "follow_up")
BOUNDS = {"between": {"small": 0.01, "medium": 0.06, "large": 0.14},
          "repeated": {"small": 0.02, "medium": 0.13, "large": 0.26}}  # fmt: skip
OUTCOME_TEXTS, _ = marked(TEXTS, OUTCOME_BLOCKS)
CLASS_TEXTS, _ = marked(TEXTS, CLASS_BLOCKS)
NAN = float("nan")

# as means come: hundredths, and values that differ by less than is printed
values = st.integers(0, 200_000).map(lambda number: number / 100) | st.integers(0, 3000).map(
    lambda number: number / 1000
)
# close to alpha and to the bounds of the size words too
ps = st.floats(0, 1) | st.floats(0.0485, 0.0515) | st.floats(0, 0.002)
etas = st.floats(0, 1) | st.floats(0, 0.03)
places = st.integers(0, 40)


@st.composite
def verdicts(draw, kind="repeated"):
    if draw(st.booleans()) and draw(st.booleans()):
        return Verdict("untested", reason=draw(st.sampled_from(("", "pairs", "spread"))))
    eta = draw(etas)
    return verdict({"p": draw(ps), "effect_value": eta}, size_word(eta, kind, BOUNDS))


@st.composite
def shown_values(draw, decimals, percentage):
    rounded = [float(formats.rounded(draw(st.floats(0, 100) if percentage else values), decimals)) for _ in WAVES]
    print_ = formats.percent if percentage else formats.number
    return Shown(*rounded, *(print_(value, decimals) for value in rounded))


@st.composite
def any_facts(draw):
    kind = draw(st.sampled_from(sorted(UNITS)))
    decimals = draw(st.integers(0, 2))
    groups = draw(st.sampled_from([GROUPS, GROUPS, GROUPS, GROUPS[:1], GROUPS[1:], ()]))
    shown = {group: draw(shown_values(decimals, kind == "percentage")) for group in groups}
    change = st.floats(-50, 50)
    changes = {group: draw(change) for group in draw(st.sampled_from([(), GROUPS]))}
    p = ps | st.just(NAN)
    tests = [
        {"group": group, "wave": wave, "above": draw(st.booleans()), "verdict": verdict({"p": draw(p)}, None)}
        for group in groups
        for wave in WAVES
    ]
    norm = {"label": "de norm", "value": 40.4, "text": "40,4", "tests": tests}
    return OutcomeFacts(
        outcome="v", label="opvoedstress", article="de", better="lower", unit=UNITS[kind], shown=shown,
        uniform=draw(st.booleans()), place=draw(places), time=draw(verdicts()), group=draw(verdicts("between")),
        interaction=draw(verdicts()), within={group: draw(verdicts()) for group in groups},
        norm=draw(st.sampled_from([{}, norm])), tested_within=changes,
        tested_change=sum(changes.values()) / 2 if changes else None, tested_difference=draw(change | st.none()),
    )  # fmt: skip


@FIXED
@given(any_facts())
def test_any_facts_give_true_sentences(facts):
    assert_true_of_outcome(facts, outcome_sentences(facts, OUTCOME_TEXTS, PHRASES))


def effect_row(analysis, effect, p, eta, kind="repeated", **more):
    why = (NAN, NAN) if p == p else ("the outcome does not vary", "spread")
    word = "" if p != p else size_word(eta, kind, BOUNDS)
    return {"outcome": "v", "analysis": analysis, "effect": effect, "p": p, "effect_value": eta if p == p else NAN,
            "size_word": word or NAN, "note": why[0], "reason": why[1], **more}  # fmt: skip


@st.composite
def raw_tables(draw):
    """A definition with its two result tables, as the analysis makes them."""
    percentage = draw(st.booleans())
    decimals = 0 if percentage else draw(st.integers(0, 2))
    measures = ["percentage van de kinderen"] if percentage else ["score (1-5)", *TEXTS["units_in_sentences"]]
    definition = {"label": "geweld", "article": "het", "kind": "percentage" if percentage else "mean",
                  "decimals": decimals, "measure": draw(st.sampled_from(measures)), "better": "lower"}  # fmt: skip
    if draw(st.booleans()):
        definition["norm"] = {"value": draw(st.sampled_from((54, 40.4))), "label": "de norm", "source": "method"}
    sizes = st.integers(10, 90) | st.integers(0, 90)
    rows, n = [], {}
    for group in GROUPS:
        for wave in WAVES:
            n[group, wave] = size = draw(sizes)
            mean = 100 * draw(st.integers(0, size)) / size if percentage and size else draw(values)
            spread = dict.fromkeys(("ci_low", "ci_high"), NAN) | {"sd": 1.0}
            rows.append(
                {"outcome": "v", "unit": "adult", "group": group, "wave": wave, "n": size, "mean": mean, **spread}
            )
    p = ps | ps | ps | st.just(NAN)
    tests = [effect_row("mixed_anova", one, draw(p), draw(etas), "between" if one == "group" else "repeated", n=99)
             for one in ("time", "group", "interaction")]  # fmt: skip
    change = st.floats(-20, 20)
    tests.append(effect_row("mean_difference", "group", NAN, NAN, n=99) | {"effect_value": draw(change)})
    for group in GROUPS:
        pairs = draw(st.integers(0, min(n[group, wave] for wave in WAVES)))
        tests.append(effect_row("paired_t", "time", draw(p), draw(etas), group=group, n=pairs))
        tests.append(effect_row("mean_change", "time", NAN, NAN, group=group, n=pairs) | {"effect_value": draw(change)})
        for wave in WAVES if "norm" in definition else ():
            tests.append(effect_row("one_sample_t", None, draw(p), draw(change), group=group, wave=wave, n=pairs))
    return (
        definition,
        pd.DataFrame(rows),
        pd.DataFrame(tests, columns=[*tests[-1], "wave"] if "wave" not in tests[-1] else None),
    )


def renoted(tests):
    """The same tests with other words for every note, which no sentence may depend on."""
    return tests.assign(note="nobody knows: too complete to vary by the same amount")


@FRAMES
@given(raw_tables())
def test_sentences_on_raw_tables_say_what_the_tables_say(tables):
    definition, descriptives, tests = tables
    treated = treat(descriptives, {"v": definition}, 5, 10)
    allowed = treat_tests(tests, treated, 10, "2x2")
    facts = outcome_facts("v", definition, treated.values, allowed, TEXTS["units_in_sentences"])
    sentences = outcome_sentences(facts, OUTCOME_TEXTS, PHRASES)
    assert_true_of_outcome(facts, sentences)
    assert facts == outcome_facts("v", definition, treated.values, renoted(allowed), TEXTS["units_in_sentences"])
    said = {topic(sentence).split(".")[0]: plain(sentence) for sentence in sentences}
    _check_raw_values(definition, treated.values, " ".join(map(plain, sentences)), plain(sentences[0]))
    for effect in ("time", "group", "interaction"):
        if effect in said:
            (row,) = allowed[(allowed["analysis"] == "mixed_anova") & (allowed["effect"] == effect)].to_dict("records")[
                :1
            ] or [{}]
            significant = row.get("p", NAN) < 0.05 and isinstance(row["size_word"], str)
            assert claims(said[effect]) == ([True] if significant else [False] if row.get("p", NAN) >= 0.05 else [])
            word = TEXTS["sizes"].get(row.get("size_word"))
            told = f"effect is {word} (" in said[effect] or f"een {word} effect (" in said[effect]
            assert told == significant


def _check_raw_values(definition, treated, text, first):
    """Shown values are printed, others are not; where both groups move, the words go the way of the difference."""
    percentage = definition["kind"] == "percentage"
    print_ = formats.percent if percentage else formats.number
    steps = []
    for group in GROUPS:
        own = treated[treated["group"] == group].set_index("wave")
        shown = own["value"].dropna()
        assert all(print_(value, definition["decimals"]) in text for value in shown)
        if len(shown) == len(WAVES):
            steps.append(shown["follow_up"] - shown["T0"])
    words = [DIRECTION[word] for word in first.replace(":", " ").split() if word in DIRECTION]
    expected = ["up" if step > 0 else "down" if step < 0 else "same" for step in steps]
    assert words == (expected[:1] if len(set(expected)) == 1 else expected)


CLASSES = {"label": "ernst", "article": "de", "kind": "class", "decimals": 0, "unit": "household",
           "classes": {0: {"id": "none", "label": "geen geweld"}, 1: {"id": "mild", "label": "licht geweld"},
                       2: {"id": "severe", "label": "ernstig geweld"}},
           "merge": [{"codes": [0, 1], "id": "none_or_mild", "label": "geen of licht geweld"}]}  # fmt: skip


@st.composite
def class_tables(draw):
    # somebody took part, so that there is something to treat
    empty = dict.fromkeys(("sd", "ci_low", "ci_high"), NAN)
    everyone = {"outcome": "participation", "unit": "household", "group": "approach", "wave": "T0"}
    rows, tests = [{**everyone, "n": 40, "mean": NAN, **empty}], []
    count = st.integers(0, 40) | st.integers(0, 5)
    for group in GROUPS:
        for wave in WAVES:
            counts = [draw(count) for _ in CLASSES["classes"]]
            size = sum(counts)
            for entry, number in zip(CLASSES["classes"].values(), counts, strict=True):
                mean = 100 * number / size if size else NAN
                place = {"outcome": f"v.{entry['id']}", "unit": "household", "group": group, "wave": wave}
                rows.append({**place, "n": size, "mean": mean, **empty})
    columns = ["outcome", "analysis", "effect", "group", "wave", "value", "df1", "p", "effect_value", "n"]
    reasons = {"stuart_maxwell": ("nobody changes class", "still"),
               "chi_squared": ("fewer than 2 groups or classes hold a count", "classes")}  # fmt: skip
    where = [("stuart_maxwell", "time", group, None) for group in GROUPS]
    where += [("chi_squared", "group", None, wave) for wave in WAVES]
    for analysis, *place in where:
        p = draw(ps | st.just(NAN))
        tests.append(("v", analysis, *place, 1.0, 2, p, 0.1, 50, *(reasons[analysis] if p != p else (None, None))))
    return pd.DataFrame(rows), pd.DataFrame(tests, columns=[*columns, "note", "reason"])


@FRAMES
@given(class_tables(), places)
def test_sentences_on_raw_classes_say_what_the_tables_say(tables, place):
    descriptives, tests = tables
    treated = treat(descriptives, {"v": CLASSES}, 5, 10)
    allowed = treat_tests(tests, treated, 10, "2x2")
    facts = class_facts("v", CLASSES, treated.values, allowed, {"household": "huishoudens"}, place)
    assert_true_of_class(facts, class_sentences(facts, CLASS_TEXTS, PHRASES))
    assert facts == class_facts("v", CLASSES, treated.values, renoted(allowed), {"household": "huishoudens"}, place)
