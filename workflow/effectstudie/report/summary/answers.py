"""The headline, the answers to the four questions and the three numbers of the summary page.

All are said of what was tested, in natural units and without p; what could not be tested is said to be so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.disclosure.shown import Shown
from effectstudie.report.prose.once import said_of, verdict_once
from effectstudie.report.prose.outcome import OutcomeFacts
from effectstudie.report.prose.summary import within_group
from effectstudie.report.prose.wording import listed, of_number, unit_of_difference, unit_text
from effectstudie.report.values import cell_text, find
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import ALPHA, COMPARED

# Items up to which a list is spelled out, and words up to which an answer may be; a longer list is counted.
SPELLED = 3
WORDS = 40
RISK = "risk_cumulation"


@dataclass(frozen=True)
class Asked:
    """What the answers are made of.

    `facts`: of all outcomes that are compared over time, in order; `main`: the first of them in the first section that
    the questions name; `titles`: what an outcome is called in a list; `texts`: the words of the report.
    """

    facts: Sequence[OutcomeFacts]
    outcomes: Mapping[str, Outcome]
    shown: Shown
    titles: Mapping[str, str]
    phrases: Mapping[str, str]
    texts: Mapping[str, Any]

    @property
    def words(self) -> Mapping[str, Any]:
        return self.texts["summary"]

    @property
    def main(self) -> OutcomeFacts | None:
        return next((one for one in self.facts if self.outcomes[one.outcome].section == "violence"), None)

    def of_section(self, section: str) -> list[OutcomeFacts]:
        return [one for one in self.facts if self.outcomes[one.outcome].section == section]

    def listed(self, facts: Sequence[OutcomeFacts]) -> str:
        """The outcomes as a list, or how many they are where they are many."""
        return listed([self.titles[one.outcome] for one in facts], self.texts["outcomes_listed"])

    def items(self, facts: Sequence[OutcomeFacts]) -> str:
        return formats.joined([self.titles[one.outcome] for one in facts])


def headline(asked: Asked) -> str:
    """What happened to the violence, and whether the approach did better; at most twenty words."""
    main, words = asked.main, asked.words["headline"]
    if main is None:
        return words["unasked"]
    if not main.both:
        return words["nothing"].format(**asked.phrases)
    moved = {within_group(main, group) for group in COMPARED}
    own = within_group(main, "approach")
    change = "all" if moved == {"improved"} else own if own in ("improved", "worsened") else "none"
    verdict = main.estimated.verdict if main.estimated else ""
    effect = verdict if verdict in ("better", "worse") else "none"
    return f"{words['change'][change]} {words['effect'][effect]}".format(**asked.phrases)


def answers(asked: Asked) -> list[str]:
    """The answers to the four questions, in their order."""
    return [_change(asked), _difference(asked), risk_answer(asked), help_answer(asked)]


def _change(asked: Asked) -> str:
    main, words = asked.main, asked.words["change"]
    sentences = []
    if main and "approach" in main.shown:
        own = main.shown["approach"]
        kind = within_group(main, "approach") or "unchanged"
        sentences.append(
            words[kind].format(
                before=own.before_text, after=own.after_text, unit=unit_text(main.unit, own.after_text), **asked.phrases
            )
        )
    text = " ".join([*sentences, *_wellbeing(asked, SPELLED)])
    if len(text.split()) > WORDS:
        text = " ".join([*sentences, *_wellbeing(asked, 0)])
    return text or asked.words["unknown"]


def _wellbeing(asked: Asked, spelled: int) -> list[str]:
    """What improves and worsens in the approach: lists up to `spelled` items with their names, others counted."""
    words, sentences = asked.words["change"], []
    wellbeing = asked.of_section("wellbeing")
    tested = [one for one in wellbeing if within_group(one, "approach")]
    for kind in ("improved", "worsened"):
        found = [one for one in tested if within_group(one, "approach") == kind]
        if 0 < len(found) <= spelled:
            sentences.append(words[f"wellbeing_{kind}"].format(items=asked.items(found), **asked.phrases))
        elif found:
            number = "one" if len(found) == 1 else "many"
            sentences.append(words[f"wellbeing_{kind}_{number}"].format(count=len(found), total=len(tested)))
        elif kind == "improved" and tested:
            sentences.append(words["wellbeing_none"].format(**asked.phrases))
    return sentences


def _difference(asked: Asked) -> str:
    words = asked.words["difference"]
    estimated = [one for one in asked.facts if one.estimated]
    if not estimated:
        return asked.words["unknown"]
    main, last = asked.main, []
    if main and main.estimated and not isnan(main.estimated.value):
        last = [_estimate(main, words["main"], asked)]
    none = of_number(words, "none", len(estimated)).format(total=len(estimated), **asked.phrases)
    sentences = _certain(estimated, SPELLED, asked) or [none]
    text = " ".join([*sentences, *last])
    return text if len(text.split()) <= WORDS else " ".join([*_certain(estimated, 0, asked), *last])


def _certain(estimated: Sequence[OutcomeFacts], spelled: int, asked: Asked) -> list[str]:
    """Where the approach does better and worse: lists up to `spelled` items with their names, others counted."""
    words, sentences = asked.words["difference"], []
    for verdict in ("better", "worse"):
        found = [one for one in estimated if one.estimated.verdict == verdict]
        if found:
            kind = verdict if len(found) <= spelled else f"{verdict}_one" if len(found) == 1 else f"{verdict}_many"
            sentences.append(words[kind].format(items=asked.items(found), count=len(found), **asked.phrases))
    return sentences


def _estimate(main: OutcomeFacts, pattern: str, asked: Asked) -> str:
    found = main.estimated
    return pattern.format(
        amount=found.printed + unit_of_difference(main.unit, main.kind, found.printed, asked.texts),
        comparison=asked.texts["comparison"]["higher" if found.value > 0 else "lower"],
        ci=found.ci,
        outcome=asked.titles[main.outcome],
        **asked.phrases,
    )


def risk_answer(asked: Asked) -> str:
    """Whether the violence goes with risk factors at the start, and whether these get fewer."""
    words, main = asked.words["risk"], asked.main
    sentences = []
    rows = asked.shown.effect_by_risk
    if main and "what" in rows:
        for what, place in (("level_t0", "start"), ("change", "change")):
            row = find(rows, outcome=main.outcome, what=what)
            sentences += [_by_risk(row, words[place], main, asked)] if row else []
    if not sentences:
        sentences.append(words["unknown"])
    itself = next((one for one in asked.facts if one.outcome == RISK), None)
    kind = within_group(itself, "approach") if itself else ""
    if itself and not kind:
        sentences.append(words["itself"]["unknown"])
    elif kind:
        own = itself.shown["approach"]
        sentences.append(words["itself"][kind].format(before=own.before_text, after=own.after_text, **asked.phrases))
    return " ".join(sentences)


def _by_risk(row: Mapping[str, Any], words: Mapping[str, str], main: OutcomeFacts, asked: Asked) -> str:
    """What an accumulation of risk factors goes with: a significant difference, or that there is none."""
    if pd.isna(row["p"]) or row["p"] >= ALPHA:
        return words["none"]
    printed = formats.number(abs(row["value"]), asked.outcomes[main.outcome].decimals)
    amount = printed + unit_of_difference(main.unit, main.kind, printed, asked.texts)
    return words["more" if row["value"] > 0 else "less"].format(amount=amount)


def help_answer(asked: Asked) -> str:
    """How satisfied participants are with the help, and the mark of either group."""
    words, sentences = asked.words["help"], []
    for outcome in (one for one in asked.outcomes.values() if one.section == "help" and one.measured):
        shown = {
            group: text
            for group in COMPARED
            if (text := _best_classes(asked, outcome, group)
                or said_of(asked.shown.values, asked.shown.together, outcome, group, asked.texts))
        }  # fmt: skip
        if outcome.kind == "class" and shown:
            items = [words["item"].format(group=asked.phrases[group], value=text) for group, text in shown.items()]
            sentences.append(words["classes"].format(items=formats.joined(items)))
        elif len(shown) == len(COMPARED):
            state = verdict_once(outcome, asked.shown.tests).state
            sentences.append(words["mark"].format(**shown, difference=words["states"][state], **_labels(asked)))
    return " ".join(sentences) or asked.words["unknown"]


def _best_classes(asked: Asked, outcome: Outcome, group: str) -> str:
    """How many are in the best classes that have a name together, `67% (zeer) tevreden`; empty where that is not shown.

    Of an outcome in classes, worst first.
    """
    best = next((merge for merge in outcome.merge if outcome.classes and max(outcome.classes) in merge.codes), None)
    rows = asked.shown.values
    rows = rows[(rows["outcome"] == outcome.id) & (rows["group"] == group) & (rows["wave"] == outcome.measured)]
    if best is None or rows.empty:
        return ""
    rows = rows[rows["cell"].isin([best.id, *(outcome.classes[code].id for code in best.codes)])]
    if rows.empty or rows["share"].isna().any():
        return ""
    return f"{formats.percent(rows['share'].sum(), outcome.decimals)} {best.label}"


def _labels(asked: Asked) -> dict[str, str]:
    return {name: text for name, text in asked.phrases.items() if name not in COMPARED}


def key_numbers(asked: Asked) -> list[dict[str, str]]:
    """Three numbers, each with what it is of: the violence of the approach, its estimated difference, the mark."""
    words, main, numbers = asked.words["numbers"], asked.main, []
    if main and main.both:
        own, other = (main.shown[group] for group in COMPARED)
        label = words["change"].format(
            unit=unit_text(main.unit, own.after_text).strip(formats.NBSP),
            before=other.before_text,
            after=other.after_text,
            per=words["per"][asked.outcomes[main.outcome].unit],
            **asked.phrases,
        )
        numbers.append(
            {"number": words["from_to"].format(before=own.before_text, after=own.after_text), "label": label}
        )
    if main and main.estimated and not isnan(main.estimated.value):
        found = main.estimated
        sign = "+" if found.value > 0 else formats.MINUS
        label = words["effect"].format(
            unit=unit_of_difference(main.unit, main.kind, found.printed, asked.texts).strip(formats.NBSP),
            ci=found.ci,
            good=asked.texts["estimate"]["good"][main.better] if main.better else "",
            **asked.phrases,
        )
        numbers.append({"number": f"{sign}{found.printed}" if found.printed.strip("0,") else "0", "label": label})
    for outcome in (one for one in asked.outcomes.values() if one.section == "help" and one.kind == "mean"):
        rows = {
            group: find(asked.shown.values, outcome=outcome.id, group=group, wave=outcome.measured)
            for group in COMPARED
        }
        texts = {group: cell_text(row, outcome.decimals, False) for group, row in rows.items()}
        if formats.ABSENT not in texts.values():
            label = words["mark"].format(other=texts["control"], **asked.phrases)
            numbers.append({"number": texts["approach"], "label": label})
    return numbers[:3]
