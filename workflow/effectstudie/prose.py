"""Sentences from facts. The words stand in `texts.nl.yaml`; here is only which sentence is true.

All numbers arrive as they are printed, so that values which print equal are never called a change. A test
is said with its p; an effect smaller than small is not mentioned, significant or not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from effectstudie import formats

ALPHA = 0.05


@dataclass(frozen=True)
class Verdict:
    """A tested effect: `state` is significant, not_significant, negligible or untested."""

    state: str
    p: str = ""
    eta: str = ""
    size: str = ""


@dataclass(frozen=True)
class Shown:
    """A group's value at T0 and follow-up: as a number and as printed."""

    before: float
    after: float
    before_text: str
    after_text: str

    @property
    def direction(self) -> str:
        """`down`, `up`, or `same` when both print alike."""
        if self.before_text == self.after_text:
            return "same"
        return "up" if self.after > self.before else "down"


@dataclass(frozen=True)
class OutcomeFacts:
    """What is known of one mean or percentage outcome; `shown` lacks a group that is too small to show."""

    outcome: str
    label: str
    article: str
    plural: bool
    better: str
    unit: Mapping[str, str] | None
    shown: Mapping[str, Shown]
    time: Verdict
    group: Verdict
    interaction: Verdict
    within: Mapping[str, Verdict]
    norm: Mapping = field(default_factory=dict)
    tested_change: float | None = None
    tested_difference: float | None = None

    @property
    def object(self) -> str:
        """`het partnergeweld`."""
        return f"{self.article} {self.label}".strip()

    @property
    def common_direction(self) -> str:
        """The direction that both groups share and that was tested, else `mixed`.

        What is shown is of everyone at a measurement, what is tested of those with both: they may differ.
        """
        directions = {shown.direction for shown in self.shown.values()}
        if self.tested_change is not None:
            directions.add("up" if self.tested_change > 0 else "down" if self.tested_change < 0 else "same")
        return directions.pop() if len(directions) == 1 and directions != {"same"} else "mixed"


@dataclass(frozen=True)
class ClassFacts:
    """What is known of a class outcome: the percentages of its worst class and the p-values of its tests."""

    label: str
    article: str
    class_label: str
    units: str
    shown: Mapping[str, Shown]
    change: Mapping[str, Verdict]
    difference: Mapping[str, Verdict]


def verdict(test: Mapping | None, size: str | None) -> Verdict:
    """Judge one row of the tests table. `size`: its size word, None for tests that have no effect size."""
    if test is None:
        return Verdict("untested")
    p = formats.p_bound(test["p"]) if test.get("coarse") else formats.p_value(test["p"])
    if test["p"] >= ALPHA:
        return Verdict("not_significant", p)
    if size is None:
        return Verdict("significant", p)
    if not size:
        return Verdict("negligible")
    return Verdict("significant", p, formats.coefficient(test["effect_value"]), size)


def outcome_sentences(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    """Sentences on one outcome. `phrases`: `approach`, `control` as they stand in a sentence, `T0`, `follow_up`."""
    sentences = [_level(facts, texts, phrases)]
    if len(facts.shown) < 2:
        return sentences
    sentences.append(_time(facts, texts))
    if facts.group.state == facts.interaction.state == "not_significant":
        ps = {"p_group": facts.group.p, "p_interaction": facts.interaction.p}
        sentences.append(texts["no_contrast"].format(**ps))
    else:
        sentences.append(_group(facts, texts, phrases))
        sentences.append(texts["interaction"][facts.interaction.state].format(**_filled(facts.interaction, texts)))
    if facts.interaction.state == "significant":
        sentences.append(_within(facts, texts, phrases))
    sentences += _norm(facts, texts, phrases)
    return [sentence for sentence in sentences if sentence]


def _verb(texts: Mapping, verb: str, plural: bool) -> str:
    return texts["verbs"][verb]["plural" if plural else "singular"]


def unit_text(unit: Mapping[str, str] | None, printed: str) -> str:
    """The words behind a printed number: ` incident per jaar` after 1, ` incidenten per jaar` after others."""
    if unit is None:
        return ""
    return formats.NBSP + unit["one" if printed in ("1", "1,0") else "many"]


def _level(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> str:
    level = texts["level"]
    if not facts.shown:
        return level["none"].format(object=facts.object)
    subject = formats.capital(facts.object)
    moves = {group: _movement(facts, group, texts, phrases) for group in facts.shown}
    if len(moves) == 1:
        (group,) = moves
        other = "control" if group == "approach" else "approach"
        return level["one"].format(subject=subject, first=moves[group], other=phrases[other])
    approach, control = facts.shown["approach"], facts.shown["control"]
    if approach.direction != control.direction:
        return level["apart"].format(subject=subject, first=moves["approach"], second=moves["control"])
    return level["both_stay" if approach.direction == "same" else "both_move"].format(
        subject=subject,
        verb=_verb(texts, approach.direction, facts.plural),
        approach=phrases["approach"],
        control=phrases["control"],
        a0=approach.before_text,
        a1=approach.after_text,
        c0=control.before_text,
        c1=control.after_text,
        unit=unit_text(facts.unit, control.after_text),
    )


def _movement(facts: OutcomeFacts, group: str, texts: Mapping, phrases: Mapping[str, str]) -> str:
    shown = facts.shown[group]
    return texts["level"]["stays" if shown.direction == "same" else "moves"].format(
        verb=_verb(texts, shown.direction, facts.plural),
        group=phrases[group],
        before=shown.before_text,
        after=shown.after_text,
        unit=unit_text(facts.unit, shown.after_text),
    )


def _filled(result: Verdict, texts: Mapping) -> dict[str, str]:
    evidence = texts["evidence"].format(p=result.p, eta=result.eta).replace(" = ", f"{formats.NBSP}={formats.NBSP}")
    return {"p": result.p, "size": result.size, "evidence": evidence}


def _time(facts: OutcomeFacts, texts: Mapping) -> str:
    state, direction = facts.time.state, facts.common_direction
    if direction == "mixed" and state in ("significant", "not_significant"):
        return texts["time"][f"{state}_mixed"].format(**_filled(facts.time, texts))
    noun = texts["nouns"].get(direction, "")
    return texts["time"][state].format(noun=noun, **_filled(facts.time, texts))


def _group(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> str:
    state = facts.group.state
    approach, control = facts.shown["approach"], facts.shown["control"]
    sides = {
        "higher" if a > c else "lower" if a < c else "equal"
        for a, c in ((approach.before, control.before), (approach.after, control.after))
    }
    if facts.tested_difference is not None:
        sides.add("higher" if facts.tested_difference > 0 else "lower")
    if state == "significant" and (len(sides) > 1 or "equal" in sides):
        state = "significant_mixed"
    side = sides.pop() if len(sides) == 1 else "equal"
    return texts["group"][state].format(
        be=_verb(texts, "be", facts.plural),
        object=facts.object,
        comparison=texts["comparison"].get(side, ""),
        approach=phrases["approach"],
        control=phrases["control"],
        **_filled(facts.group, texts),
    )


def _within(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> str:
    if set(facts.within) != {"approach", "control"}:
        return ""
    changed = [group for group, result in facts.within.items() if result.state == "significant"]
    if len(changed) == 1:
        (group,) = changed
        return texts["within"]["one"].format(group=phrases[group], p=facts.within[group].p)
    return texts["within"]["both" if changed else "none"]


def _norm(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    """One sentence per verdict: higher, lower, not significant; each lists the groups and measurements."""
    items: dict[str, list[str]] = {}
    for test in facts.norm.get("tests", []):
        place = texts["norm"]["item"].format(
            group=phrases[test["group"]], wave=phrases[test["wave"]], p=test["verdict"].p
        )
        side = "not_significant"
        if test["verdict"].state == "significant":
            side = "higher" if test["above"] else "lower"
        items.setdefault(side, []).append(place)
    filled = {"norm": facts.norm.get("label"), "value": facts.norm.get("text")}
    return [
        texts["norm"]["not_significant" if side == "not_significant" else "significant"].format(
            subject=formats.capital(facts.object),
            lie=_verb(texts, "lie", facts.plural),
            comparison=texts["comparison"].get(side, ""),
            where=formats.joined(places),
            **filled,
        )
        for side, places in items.items()
    ]


def class_sentences(facts: ClassFacts, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    """Sentences on a class outcome: its worst class, the change within the groups, the groups compared.

    `phrases` also holds `approach_label` and `control_label`.
    """
    words = texts["classes"]
    filled = {**phrases, "t0": phrases["T0"], "t1": phrases["follow_up"], "units": facts.units}
    subject = formats.capital(facts.class_label)
    if not facts.shown:
        return [words["level_none"].format(object=f"{facts.article} {facts.label}".strip())]
    if len(facts.shown) == 1:
        ((group, shown),) = facts.shown.items()
        other = phrases["control" if group == "approach" else "approach"]
        line = words["level_one"]
        values = {"before": shown.before_text, "after": shown.after_text}
        return [line.format(subject=subject, group=phrases[group], other=other, **values, **filled)]
    a, c = facts.shown["approach"], facts.shown["control"]
    sentences = [
        words["level"].format(
            subject=subject, a0=a.before_text, a1=a.after_text, c0=c.before_text, c1=c.after_text, **filled
        )
    ]
    tested = {group: result for group, result in facts.change.items() if result.state != "untested"}
    if len(tested) == 2:
        changed = [group for group, result in tested.items() if result.state == "significant"]
        if len(changed) == 1:
            other = "control" if changed == ["approach"] else "approach"
            own = {"group": phrases[changed[0]], "other": phrases[other]}
            own |= {"p": tested[changed[0]].p, "p_other": tested[other].p}
            sentences.append(words["change_one"].format(**own))
        else:
            line = words["change_both" if changed else "change_none"]
            sentences.append(line.format(pa=tested["approach"].p, pc=tested["control"].p, **filled))
    states = [facts.difference[wave].state for wave in ("T0", "follow_up")]
    if "untested" not in states:
        names = {(True, True): "both", (True, False): "start", (False, True): "end", (False, False): "none"}
        name = names[states[0] == "significant", states[1] == "significant"]
        p0, p1 = facts.difference["T0"].p, facts.difference["follow_up"].p
        sentences.append(words[f"difference_{name}"].format(p0=p0, p1=p1, **filled))
    return sentences
