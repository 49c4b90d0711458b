"""Whatever persons are measured, the sentences are true of those who were tested: read from raw persons to Dutch."""

import re
from dataclasses import dataclass
from functools import partial
from math import isnan, nan

import numpy as np
import pandas as pd
from given.prose_reading import (
    CLASS_BLOCKS,
    OUTCOME_BLOCKS,
    PHRASES,
    TEXTS,
    P,
    assert_sound,
    directions,
    marked,
    numbers,
    plain,
    topic,
)
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from effectstudie.analysis.describe import describe_outcomes
from effectstudie.analysis.levels import levels_of
from effectstudie.analysis.tests import outcome_tests_of
from effectstudie.definitions.outcomes import Outcome
from effectstudie.disclosure.cells import blank_cells
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.paired import shown_levels
from effectstudie.disclosure.tests import treat_tests
from effectstudie.disclosure.values import treat
from effectstudie.methods.effect.margin import judge
from effectstudie.methods.means import paired_t
from effectstudie.report.prose.classes import class_sentences
from effectstudie.report.prose.facts import class_facts, outcome_facts
from effectstudie.report.prose.means import outcome_sentences, published_line
from effectstudie.shared import formats

# the same examples at every run; to shrink one takes minutes
FIXED = settings(
    derandomize=True, database=None, deadline=None, max_examples=35, phases=[Phase.generate], report_multiple_bugs=False
)
FEW = settings(FIXED, max_examples=10)
GROUPS, WAVES, ENDS = ("approach", "control"), ("T0", "follow_up"), ("before", "after")
LIMITS = Limits(minimum_cell=5, minimum_group=10)
BOUNDS = {"between": {"small": 0.01, "medium": 0.06, "large": 0.14},
          "repeated": {"small": 0.02, "medium": 0.13, "large": 0.26}}  # fmt: skip
OUTCOME_TEXTS, _ = marked(TEXTS, OUTCOME_BLOCKS)
CLASS_TEXTS, _ = marked(TEXTS, CLASS_BLOCKS)
PLAIN = {"variable": "v", "article": "het", "label": "geweld", "unit": "adult", "section": "violence", "measure": "m"}
CLASSES = Outcome.of("v", PLAIN | {"kind": "class", "decimals": 0, "classes": {
    0: {"id": "none", "label": "geen geweld"}, 1: {"id": "some", "label": "licht geweld"},
    2: {"id": "much", "label": "ernstig geweld"}}})  # fmt: skip
LEVEL = r"(?:(?:minder|meer) dan )?−?\d[\d.,]*%?"


@dataclass
class Case:
    """Persons and what is defined of them; `pairs`: group → T0 and follow-up of those with both."""

    outcome: Outcome
    pairs: dict
    single: dict
    estimate: dict
    place: int

    def frame(self, with_single=True):
        rows = []
        for group in GROUPS:
            for at, wave in enumerate(WAVES):
                values = [*self.pairs[group][at], *(self.single[group, wave] if with_single else [])]
                paired = len(self.pairs[group][at])
                names = [
                    f"{group}{place}" if place < paired else f"{group}{wave}{place}" for place in range(len(values))
                ]
                rows += [("v", "adult", name, name, "parent", group, wave, value)
                         for name, value in zip(names, values, strict=True)]  # fmt: skip
        columns = ["outcome", "unit", "unit_id", "household", "role", "group", "wave", "value"]
        return pd.DataFrame(rows, columns=columns).astype({"value": float})

    def made(self, with_single=True):
        """What the run makes of these persons: descriptives as shown, levels and tests as far as they may be shown."""
        frame, outcomes = self.frame(with_single), {"v": self.outcome}
        wide = frame.pivot(index=["unit_id", "group"], columns="wave", values="value").reindex(columns=WAVES)
        levels = shown_levels(levels_of({"v": wide.reset_index()}, outcomes), outcomes, LIMITS)
        everyone = pd.DataFrame([frame.iloc[0] if len(frame) else {}]).assign(outcome="participation", value=1.0)
        described = describe_outcomes(pd.concat([frame, everyone]), outcomes)
        treated = treat(described, outcomes, LIMITS.minimum_cell, LIMITS.minimum_group)
        tests = treat_tests(outcome_tests_of(frame, outcomes, BOUNDS), treated, levels, (), LIMITS)
        return treated.values, levels, tests

    def facts(self, levels, tests):
        return outcome_facts(self.outcome, levels, tests, pd.DataFrame([self.estimate]), OUTCOME_TEXTS, self.place)

    def mean(self, group, at):
        return float(np.mean(self.pairs[group][at]))

    def change(self, group):
        return self.mean(group, 1) - self.mean(group, 0)


@st.composite
def cases(draw, kind=("mean", "percentage")):
    kind = draw(st.sampled_from(kind))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    decimals = draw(st.integers(0, 1))
    better = draw(st.sampled_from(("lower", "higher")))
    extra = {"norm": {"value": 50, "label": "de norm"}} if kind == "mean" and draw(st.booleans()) else {}
    extra |= {"margin": draw(st.sampled_from((0.3, 4.0)))} if kind == "mean" and draw(st.booleans()) else {}
    outcome = Outcome.of("v", PLAIN | extra | {
        "kind": kind, "decimals": decimals, "better": better, "plural": draw(st.booleans()),
    }) if kind != "class" else CLASSES  # fmt: skip
    base, spread = draw(st.sampled_from((3.3, 50.2))), draw(st.sampled_from((0.0, 0.05, 1.0, 15.0)))
    shift = st.sampled_from((-9.0, -1.0, -0.4, 0.0, 0.03, 0.4, 5.0))
    pairs, single = {}, {}
    for group in GROUPS:
        n = draw(st.sampled_from((0, 4, 9, 10, 11, 25, 40) if kind != "class" else (4, 10, 25, 40)))
        if kind == "mean":
            start = base + draw(shift) + spread * rng.standard_normal(n)
            end = start + draw(shift) + draw(st.sampled_from((0.0, 1.0))) * spread * rng.standard_normal(n)
            pairs[group] = (start, end)
        else:
            pairs[group] = tuple(_codes(draw, rng, kind, n) for _ in WAVES)
        for wave in WAVES:
            m = draw(st.sampled_from((0, 3, 12, 30)))
            single[group, wave] = rng.normal(base, 20, m) if kind == "mean" else _codes(draw, rng, kind, m)
    return Case(outcome, pairs, single, _estimate(draw, outcome), draw(st.integers(0, 7)))


def _codes(draw, rng, kind, n):
    if kind == "class":
        few = draw(st.lists(st.integers(0, 5), min_size=2, max_size=2)) if n >= 10 else [0, 0]
        return rng.permutation(np.repeat([0.0, 1.0, 2.0], [*few, n - sum(few)]))
    yes = draw(st.sampled_from((0, 1, 4, 5, n // 2, max(n - 3, 0), n)))
    return rng.permutation(np.where(np.arange(n) < yes, 100.0, 0.0))


def _estimate(draw, outcome):
    value, se = draw(st.floats(-6, 6)), draw(st.sampled_from((0.01, 0.6, 2.0, 9.0)))
    judged = judge(value, se, 80, outcome.better or "lower", outcome.margin)
    numbers_ = {"value": value, "ci_low": value - 2 * se, "ci_high": value + 2 * se}
    if draw(st.integers(0, 3)) == 0:
        numbers_ = dict.fromkeys(numbers_, nan)
    return {"outcome": "v", "verdict": judged.verdict, **numbers_}


def printed(case, value):
    return formats.number(value, case.outcome.decimals) + "%" * (case.outcome.kind != "mean")


def hidden(values, yes=100):
    """Whether a percentage may not be said itself."""
    count = int((values == yes).sum())
    return bool(count) and blank_cells([count, len(values) - count], LIMITS.minimum_cell)[0] != ""


def bounds_are_true(said, actual):
    """`said`: a printed level, itself or a bound, of which `actual` is the raw value."""
    limit = float(re.search(r"[\d.]+", said.replace(",", ".")).group())
    return actual < limit if said.startswith("minder") else actual > limit


def levels_in(name, place, sentence, groups):
    """The levels that a sentence tells: (group, end) → text."""
    order = [(group, end) for group in groups for end in ENDS]
    if name == "level.bounded" and place % 2 == 0:
        order = [(group, end) for end in ENDS for group in groups]
    text = re.sub(r"\bT\d", "", sentence)
    text = re.sub(rf"gelijk (?:blij\w+ )?op ({LEVEL})|({LEVEL}) op beide metingen", r"\1\2 \1\2", text)
    found = re.findall(LEVEL, text)
    assert len(found) == len(order), sentence
    return {key: value.rstrip(",.") for key, value in zip(order, found, strict=True)}


@FIXED
@given(cases())
def test_every_sentence_on_an_outcome_is_true_of_those_who_were_tested(case):
    _, levels, tests = case.made()
    facts = case.facts(levels, tests)
    read = [(*topic(one), plain(one)) for one in outcome_sentences(facts, OUTCOME_TEXTS, PHRASES)]
    groups = [group for group in GROUPS if group in facts.shown]
    for name, place, sentence in read:
        assert_sound(sentence)
        assert not P.search(sentence) or name.partition(".")[0] in ("norm", "within"), sentence
        if name.startswith("level.") and name not in ("level.no_group", "level.none"):
            _check_level(case, name, place, sentence, groups)
        elif name == "side.apart":
            _check_side(case, sentence)
        elif name == "side.unclear":
            assert facts.group.state == "significant" and "hoger" not in sentence and "lager" not in sentence
        elif name.startswith("estimate."):
            _check_estimate(case, name, sentence)
        elif name == "norm.significant":
            _check_norm(case, sentence)
    _check_numbers(case, facts, read)
    _check_who_is_told(case, groups, read)
    _check_published(case, facts, tests)


def _check_level(case, name, place, sentence, groups):
    told = levels_in(name, place, sentence, groups)
    for group in groups:
        for at, end in enumerate(ENDS):
            values, said = case.pairs[group][at], told[group, end]
            if case.outcome.kind == "percentage" and hidden(values):
                assert bounds_are_true(said, values.mean()), sentence
            else:
                assert said == printed(case, values.mean()), sentence
    said = directions(sentence)
    if name in ("level.bounded", "level.one_bounded") or sentence.startswith("Anders is het bij"):
        assert not said, sentence
        return
    assert said and len(said) in (1, len(groups)), sentence
    unit = 10.0**-case.outcome.decimals
    sds = [np.std(case.pairs[group][0], ddof=1) for group in groups]
    still = case.outcome.margin or 0.1 * float(np.sqrt(np.mean(np.square(sds))))
    for group, word in zip(groups, said * len(groups) if len(said) == 1 else said, strict=True):
        change, alike = case.change(group), told[group, "before"] == told[group, "after"]
        small, large = abs(change) <= still + unit, abs(change) > still + unit
        tested = paired_t(*map(pd.Series, case.pairs[group])).p < 0.05
        if word == "same":
            assert alike or (small and not tested), sentence
        else:
            assert (change < 0) == (word == "down") and change and not alike, sentence
        assert not (large and not alike) or word != "same", sentence
    if " licht " in sentence:
        assert any(abs(case.change(group)) <= still + unit for group in groups), sentence


def _check_side(case, sentence):
    apart = sum(case.mean("approach", at) - case.mean("control", at) for at in (0, 1))
    assert re.search(r"[Ii]n de A-groep.* (hoger|lager) dan in de controlegroep\.", sentence), sentence
    assert ("hoger" in sentence) == (apart > 0), sentence


def _check_estimate(case, name, sentence):
    given_, decimals = case.estimate, case.outcome.decimals
    word = TEXTS["effect"]["verdicts"][given_["verdict"]]
    assert word in sentence, sentence
    good = {"lower": "lager is beter", "higher": "hoger is beter"}[case.outcome.better]
    if name == "estimate.verdict_only":
        assert isnan(given_["value"]) and not numbers(sentence)
        return
    low, high = (formats.number(given_[end], decimals) for end in ("ci_low", "ci_high"))
    assert f"{low} tot {high}; {good}" in sentence, sentence
    without = sentence.replace(good, "")
    amount = formats.number(abs(given_["value"]), decimals)
    if name == "estimate.equal":
        assert not amount.strip("0,") and not re.search("hoger|lager", without), sentence
    else:
        assert re.search(rf"(?<![\d,]){amount} (?:\w+ )?(hoger|lager)", without).group(1) == (
            "hoger" if given_["value"] > 0 else "lager"
        ), sentence
    judged = re.search(r"\b(beter|slechter)(?=[.:])", without)
    if judged:
        assert (judged.group(1) == "beter") == ((given_["value"] < 0) == (case.outcome.better == "lower")), sentence


def _check_norm(case, sentence):
    """The difference with a norm is tested of everyone at a measurement, and the words are of them too."""
    named = 0
    for group in GROUPS:
        place = re.search(rf"in {PHRASES[group]} (?:op (T\d) \(|\(T0: [^;]*; (T2): )", sentence)
        if place:
            of = {"T0": [0], "T2": [1]}[place[1]] if place[1] else [0, 1]
            for at in of:
                values = np.concatenate([case.pairs[group][at], case.single[group, WAVES[at]]])
                assert (values.mean() > case.outcome.norm.value) == ("hoger" in sentence), sentence
                named += 1
    assert named, sentence


def _check_numbers(case, facts, read):
    """No number but those that were printed for these facts: a hidden one is nowhere."""
    tested = [*facts.within.values(), *(test["verdict"] for test in facts.norm.get("tests", []))]
    known = [part for shown in facts.shown.values() for part in (shown.before_text, shown.after_text)]
    known += [verdict.p for verdict in tested] + [facts.norm.get("text", "")]
    known += [facts.estimated.printed, facts.estimated.ci] if facts.estimated else []
    allowed = set().union(*map(numbers, known))
    assert all(numbers(sentence) <= allowed for _, _, sentence in read), read


def _check_who_is_told(case, groups, read):
    """Each group that may be shown is told of; the other is said to be too small, and is."""
    text = " ".join(sentence for _, _, sentence in read)
    for group in GROUPS:
        n = len(case.pairs[group][0])
        if group in groups:
            assert n >= LIMITS.minimum_group and (PHRASES[group] in text or "beide groepen" in text)
        else:
            assert n <= LIMITS.minimum_group or _alike(case, group), "a bound can be said of more"
            assert re.search("over te weinig deelnemers gaan", text)
    assert any(name.startswith("estimate.") for name, _, _ in read) == (len(groups) == 2)
    assert sum(name.startswith("within.") for name, _, _ in read) == (len(groups) == 1)


def _alike(case, group):
    """Whether all of a group have the same score at a measurement, as far as is printed."""
    return any(round(np.std(values, ddof=1), case.outcome.decimals) == 0 for values in case.pairs[group])


def _check_published(case, facts, tests):
    line = published_line(facts, TEXTS).replace("\u00a0", " ")
    if len(facts.shown) < 2:
        assert line == ""
        return
    assert_sound(line)
    made = tests[tests["analysis"] == "mixed_anova"].set_index("effect")
    pairs = sum(len(case.pairs[group][0]) for group in GROUPS)
    said = dict(re.findall(r"(meting|groep|groep × meting) ((?:niet|significant|klein|gemiddeld|groot)[^;]*)", line))
    for effect, name in (("time", "meting"), ("group", "groep"), ("interaction", "groep × meting")):
        p = made["p"].get(effect, nan)
        if isnan(p):
            assert "niet te toetsen" in said[name] if said else "niet mogelijk" in line
        else:
            show = partial(formats.p_bound, coarse=True) if made.loc[effect, "coarse"] else formats.p_value
            assert f"({show(p)})".replace("\u00a0", " ") in said[name], line
            assert ("niet significant" in said[name]) == (p >= 0.05), line
    # of how many it is goes with the numbers of the tests, where these would tell what few do
    told = made["n"].notna().any()
    assert not said or (f"n = {pairs} met beide metingen" in line) == told == ("n =" in line)


@FEW
@given(cases())
def test_who_was_measured_once_changes_no_word(case):
    def told(with_single):
        _, levels, tests = case.made(with_single)
        sentences = outcome_sentences(case.facts(levels, tests), OUTCOME_TEXTS, PHRASES)
        # a norm is tested of everyone; and with hidden values of others a p is said less exactly, and of a percentage
        # not how large the effect is called
        other = ("norm", "within") if case.outcome.kind == "percentage" else "norm"
        return [P.sub("p", plain(one)) for one in sentences if not topic(one)[0].startswith(other)]

    assert told(True) == told(False)


@FEW
@given(cases(kind=("class",)))
def test_every_sentence_on_a_class_is_true_of_those_who_were_tested(case):
    values, levels, tests = case.made()
    texts = CLASS_TEXTS | {"labels": TEXTS["labels"]}
    facts = class_facts(case.outcome, values, levels, tests, texts, case.place)
    read = [(*topic(one), plain(one)) for one in class_sentences(facts, texts, PHRASES)]
    groups = [group for group in GROUPS if group in facts.shown]
    allowed = set().union(*(numbers(plain(one)) for one in (
        *(part for shown in facts.shown.values() for part in (shown.before_text, shown.after_text)),
        *(verdict.p for verdict in (*facts.change.values(), *facts.difference.values())),
    )))  # fmt: skip
    for name, place, sentence in read:
        assert_sound(sentence)
        assert numbers(sentence) <= allowed, sentence
        if name.startswith("level.") and name not in ("level.no_group", "level.none"):
            told = levels_in(name, place, sentence, groups)
            for group in groups:
                shares = [100 * (case.pairs[group][at] == 2).mean() for at in (0, 1)]
                for at, end in enumerate(ENDS):
                    if hidden(case.pairs[group][at], 2):
                        assert bounds_are_true(told[group, end], shares[at]), sentence
                    else:
                        assert told[group, end] == printed(case, shares[at]), sentence
            said = directions(sentence)
            for group, word in zip(groups, said * len(groups) if len(said) == 1 else said, strict=False):
                first, last = (100 * (case.pairs[group][at] == 2).mean() for at in (0, 1))
                assert word == "same" or (last < first) == (word == "down"), sentence
    assert bool(groups) == any("aandeel" in sentence for _, _, sentence in read)
    if len(groups) < 2:
        assert not any(name.startswith("classes.difference") for name, _, _ in read)
