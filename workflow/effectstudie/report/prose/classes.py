"""Sentences on an outcome in classes."""

from collections.abc import Mapping

from effectstudie.report.prose.level import hidden, level
from effectstudie.report.prose.means import because, filled_in
from effectstudie.report.prose.outcome import ClassFacts
from effectstudie.shared.vocabulary import COMPARED, WAVES


def class_sentences(facts: ClassFacts, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    """Sentences on a class outcome: its worst class, the change within the groups, the groups compared."""
    measured = texts["classes"]["share"].format(units=facts.units, label=facts.class_label)
    sentences = [level(facts, measured, texts, phrases)]
    if facts.in_fives and facts.shown:
        sentences.append(texts["classes"]["fives"])
    if facts.both:
        sentences += [*_class_change(facts, texts, phrases), *_class_difference(facts, texts, phrases)]
    else:
        # a group that is not shown is not compared either: the p would narrow down what its counts can be
        sentences += [_class_change_in(facts, group, texts, phrases) for group in facts.shown]
    sentences += hidden(facts, texts, phrases)
    return [sentence for sentence in sentences if sentence]


def _class_change(facts: ClassFacts, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    words = texts["classes"]
    results = [facts.change[group] for group in COMPARED]
    states = {result.state for result in results}
    if states == {"untested"} and results[0].reason == results[1].reason:
        return [words["change"]["both_untested"].format(because=because(results[0], texts))]
    if len(states) == 1 and "untested" not in states:
        ps = {"p_approach": results[0].p, "p_control": results[1].p}
        return [words["change"][f"both_{results[0].state}"].format(**ps, **phrases)]
    return [_class_change_in(facts, group, texts, phrases) for group in COMPARED]


def _class_change_in(facts: ClassFacts, group: str, texts: Mapping, phrases: Mapping[str, str]) -> str:
    result = facts.change[group]
    return texts["classes"]["change"][result.state].format(group=phrases[group], **filled_in(result, texts))


def _class_difference(facts: ClassFacts, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    words = texts["classes"]["difference"]
    start, end = (facts.difference[wave] for wave in WAVES)
    if start.state == end.state == "untested":
        return [words["both_untested"]]
    if "untested" in (start.state, end.state):
        by_wave = ((wave, facts.difference[wave]) for wave in WAVES)
        return [words[result.state].format(wave=phrases[wave], p=result.p) for wave, result in by_wave]
    names = {(True, True): "both", (True, False): "start", (False, True): "end", (False, False): "none"}
    name = names[start.state == "significant", end.state == "significant"]
    return [words[name].format(t0=phrases["T0"], t1=phrases["follow_up"], p0=start.p, p1=end.p)]
