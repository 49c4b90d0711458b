"""What must hold of the sentences on an outcome, read from the sentences and not from the code that made them."""

import re

from given.prose_reading import (
    DIRECTION,
    NUMBER,
    PHRASES,
    amount,
    assert_sound,
    claims,
    directions,
    numbers,
    plain,
    topic,
)
from given.words import TEXTS

from effectstudie.report.prose.outcome import Verdict

ONE_OF_A_KIND = {"singular": ("daalt", "stijgt", "blijft", "ligt"), "plural": ("dalen", "stijgen", "blijven", "liggen")}
PAIR = re.compile(r"van (?:een\s)?([−\d.,]+)%? naar (?:een\s)?([−\d.,]*\d)%?")
SIZE = re.compile(r"\b(?:klein|gemiddeld|groot)(?: tot (?:gemiddeld|groot))?\b")
SIZE_IDS = {word: size for size, word in TEXTS["sizes"].items()}
BECAUSE = {"pairs": "te weinig deelnemers met beide metingen", "spread": "geen spreiding", "": "", "classes": "",
           "still": "te weinig deelnemers van klasse veranderen"}  # fmt: skip
LESS_THAN_SMALL = "kleiner dan wat als een klein effect geldt"


def assert_true_of_outcome(facts, sentences):
    """`sentences`: made of the facts with marked texts."""
    read = [(topic(sentence), plain(sentence)) for sentence in sentences]
    text = " ".join(sentence for _, sentence in read)
    for _, sentence in read:
        assert_sound(sentence)
    _check_names(facts, text, read)
    _check_numbers(facts, [sentence for _, sentence in read])
    _check_level(facts, read[0])
    _check_number_of_verbs(facts, read)
    for name, sentence in read:
        _check_test(facts, name, sentence)
    _check_completeness(facts, [name for name, _ in read], text)


def _check_names(facts, text, read):
    names = {name for name, _ in read}
    if names == {"level.none.small"} or names == {"level.none.uniform"}:
        assert "in beide groepen" in text or "van beide groepen" in text
    else:
        assert all(PHRASES[group] in text for group in ("approach", "control")), text
    assert facts.object in text.lower() or facts.object in text


def _check_numbers(facts, sentences):
    """Every number is one that was printed for these facts."""
    verdicts = [facts.time, facts.group, facts.interaction, *facts.within.values()]
    verdicts += [test["verdict"] for test in facts.norm.get("tests", [])]
    printed = [part for shown in facts.shown.values() for part in (shown.before_text, shown.after_text)]
    printed += [single.text for single in facts.single.values()]
    printed += [part for verdict in verdicts for part in (verdict.p, verdict.eta)]
    printed += [facts.object, facts.norm.get("text", ""), facts.norm.get("label", "")]
    known = set().union(*(numbers(part) for part in printed))
    assert all(numbers(sentence) <= known for sentence in sentences), sentences


def _check_level(facts, first):
    """Each group with its own direction and its own values; the printed values go the way that the words say."""
    name, sentence = first
    if not facts.shown:
        assert not directions(sentence), sentence
        return
    groups = [group for group in ("approach", "control") if group in facts.shown]
    expected = [facts.shown[group].direction for group in groups]
    said = directions(sentence)
    assert said == (expected[:1] if len(set(expected)) == 1 else expected), (name, sentence)
    moved = [facts.shown[group] for group in groups if facts.shown[group].direction != "same"]
    pairs = PAIR.findall(sentence)
    assert [tuple(NUMBER.match(part).group() for part in (one.before_text, one.after_text)) for one in moved] == [
        tuple(NUMBER.match(part + "%" * ("%" in moved[0].before_text)).group() for part in pair) for pair in pairs
    ], sentence
    said = [one for one in (said * 2 if len(said) == 1 else said)[: len(groups)] if one != "same"]
    for (before, after), direction in zip(pairs, said, strict=True):
        assert (amount(after) < amount(before)) == (direction == "down"), sentence
        assert amount(after) != amount(before), sentence
    for group in groups:
        assert PHRASES[group] in sentence, sentence
        if facts.shown[group].direction == "same":
            assert facts.shown[group].before_text in sentence and "gelijk" in sentence, sentence
    if facts.unit and "many" in facts.unit:
        for value, words in re.findall(r"(\S+)\s(incident\w* per jaar|gla\w+ per week)", sentence):
            single = amount(value.strip("(")) == 1
            assert words == facts.unit["one" if single else "many"], sentence


def _check_number_of_verbs(facts, read):
    wrong = ONE_OF_A_KIND["singular" if facts.plural else "plural"]
    be = "zijn" if facts.plural else "is"
    subject = facts.object[0].upper() + facts.object[1:]
    for _, sentence in read:
        about_outcome = sentence.replace("blijft buiten beschouwing", "")
        assert not set(wrong) & set(re.findall(r"\w+", about_outcome)), sentence
        for found in re.findall(rf"\b(is|zijn) {facts.object}|^{subject} (is|zijn) ", sentence):
            assert be in found, sentence
        for found in re.findall(rf"^{subject} (verschilt|verschillen) ", sentence):
            assert found == ("verschillen" if facts.plural else "verschilt"), sentence


def _verdict_of(facts, name, sentence):
    """The verdict that a sentence is about; of `within` that of the group that it names."""
    block = name.split(".")[0]
    if block in ("time", "group", "interaction"):
        return getattr(facts, block)
    (group,) = (group for group in ("approach", "control") if PHRASES[group] in sentence)
    return facts.within.get(group)


def _check_test(facts, name, sentence):
    """Significant where the test is, with its p; a size word only where the effect reaches small."""
    block = name.split(".")[0]
    said = claims(sentence)
    nouns = [word for word in ("daling", "stijging") if word in sentence]
    if block == "level":
        assert not said, sentence
        return
    if nouns:
        assert {one.direction for one in facts.shown.values()} == {DIRECTION[nouns[0]]} and len(nouns) == 1, sentence
    if re.search("verander", sentence):
        named = [group for group in facts.shown if PHRASES[group] in sentence]
        assert all(facts.shown[group].direction != "same" for group in named), sentence
    sizes = [SIZE_IDS[word] for word in SIZE.findall(sentence.replace(LESS_THAN_SMALL, ""))]
    if block == "no_contrast":
        assert said == [False] * len(said) and said, sentence
        ps = f"metingen samen[^(]* \\({facts.group.p}\\).*ontwikkeling[^(]* \\({facts.interaction.p}\\)"
        assert re.search(ps, sentence) and not sizes, sentence
        assert facts.group.state == facts.interaction.state == "not_significant"
    elif block == "untested":
        assert {facts.time.state, facts.group.state, facts.interaction.state} == {"untested"} and not said
        _check_reason(facts.time, sentence)
    elif name in ("within.both", "within.none"):
        assert {one.state for one in facts.within.values()} == {
            name.replace("none", "not_").replace("both", "")[7:] + "significant"
        }
        assert said == [name == "within.both"], sentence
        assert sizes == [one.size for one in facts.within.values() if one.size], sentence
        for group, one in facts.within.items():
            own = (
                f"{TEXTS['sizes'][one.size]} effect in {PHRASES[group]} ({one.p}; "
                if one.size
                else f"{PHRASES[group + '_label']}: {one.p}"
            )
            assert own in sentence, sentence
    elif block == "norm":
        _check_norm(facts, sentence, said)
    else:
        verdict = _verdict_of(facts, name, sentence)
        state = verdict.state if verdict else "untested"
        expected = {"significant": [True], "not_significant": [False]}.get(state, [])
        assert said == expected, (state, sentence)
        assert sizes == ([verdict.size] if expected == [True] and verdict.size else []), sentence
        assert (LESS_THAN_SMALL in sentence) == (state == "negligible"), sentence
        if state == "untested":
            _check_reason(verdict or Verdict("untested", reason="pairs"), sentence)
        assert ("niet mogelijk" in sentence) == (state == "untested"), sentence
        assert (
            "andere kant op" in sentence
            or "zoals de waarden" in sentence
            or "Afgerond zijn de metingen gelijk" in sentence
        ) == (name in ("time.significant_opposed", "time.significant_equal", "within.significant_unlike"))
        assert "zoals de waarden" not in sentence or "niet zoals de waarden" in sentence
        if expected:
            assert verdict.p in sentence and verdict.eta in sentence, sentence
        _check_direction_of_test(facts, block, sentence, nouns)


def _check_reason(verdict, sentence):
    assert "niet mogelijk" in sentence and BECAUSE[verdict.reason] in sentence, sentence
    assert bool(BECAUSE[verdict.reason]) == ("omdat" in sentence), sentence


def _check_direction_of_test(facts, block, sentence, nouns):
    if block == "time" and nouns and facts.tested_change is not None:
        assert (facts.tested_change < 0) == (nouns[0] == "daling") and facts.tested_change != 0, sentence
    if block == "interaction" and nouns:
        larger, smaller = re.search(r"[Ii]n (de \S+) .*groter dan in (de [^;]+);", sentence).groups()
        names = {phrase: group for group, phrase in PHRASES.items()}
        steps = {
            g: abs(amount(s.after_text.strip("%")) - amount(s.before_text.strip("%"))) for g, s in facts.shown.items()
        }
        assert steps[names[larger]] > steps[names[smaller]], sentence
        if len(facts.tested_within) == 2:
            assert abs(facts.tested_within[names[larger]]) > abs(facts.tested_within[names[smaller]]), sentence
    if block == "group" and re.search("hoger|lager", sentence):
        approach, control = facts.shown["approach"], facts.shown["control"]
        higher = "hoger" in sentence
        assert re.search(f"{PHRASES['approach']} significant (hoger|lager) dan in {PHRASES['control']};", sentence), (
            sentence
        )
        for a, c in ((approach.before_text, control.before_text), (approach.after_text, control.after_text)):
            assert (amount(a.strip("%")) > amount(c.strip("%"))) == higher and a != c, sentence
        assert facts.tested_difference is None or (facts.tested_difference > 0) == higher, sentence


def _check_norm(facts, sentence, said):
    named = []
    for test in facts.norm["tests"]:
        group, wave = PHRASES[test["group"]], PHRASES[test["wave"]]
        place = re.search(rf"in {group}(?: op [^,.]*?\b{wave}\b| \([^)]*{wave}: )", sentence)
        if place and (test["verdict"].p in sentence):
            named.append(test)
    assert named, sentence
    if "niet getoetst" in sentence:
        assert not said and any(test["verdict"].state == "untested" for test in named), sentence
    elif said == [True]:
        above = "hoger" in sentence
        assert above != ("lager" in sentence), sentence
        assert any(t["verdict"].state == "significant" and t["above"] == above for t in named), sentence
    else:
        assert said == [False] and any(test["verdict"].state == "not_significant" for test in named), sentence
    assert f"{facts.norm['label']} ({facts.norm['text']})" in sentence, sentence


def _check_completeness(facts, names, text):
    """Nothing that may be told is left out."""
    blocks = [name.split(".")[0] for name in names]
    if len(facts.shown) == 2:
        told = blocks.count("no_contrast") * 2 + blocks.count("untested") * 3
        assert told + sum(blocks.count(one) for one in ("time", "group", "interaction")) == 3, names
        assert ("within" in blocks) == (facts.interaction.state == "significant" and bool(facts.within)), names
    else:
        assert not {"time", "group", "interaction", "no_contrast", "untested"} & set(blocks), names
        assert blocks.count("within") == len(facts.shown), names
    for test in facts.norm.get("tests", []):
        assert test["verdict"].p in text
    _check_hidden(facts, text)


def _check_hidden(facts, text):
    for group in ("approach", "control"):
        hidden = group not in facts.shown
        single = facts.single.get(group)
        why = "geen uitkomsten te tonen, omdat die tot personen" if facts.uniform else "aantallen te klein om"
        if single:
            wave = PHRASES[single.wave]
            other = {"T0": "T2", "T2": "T0"}[wave]
            assert re.search(f"[Oo]p {wave} [^.;]*{single.text}", text) and re.search(
                f"[Oo]p {other} zijn .*{why}", text
            ), text
        if hidden:
            assert why in text, text


def assert_true_of_class(facts, sentences):
    """As `assert_true_of_outcome`, of a class outcome."""
    read = [(topic(sentence), plain(sentence)) for sentence in sentences]
    text = " ".join(sentence for _, sentence in read)
    for _, sentence in read:
        assert_sound(sentence)
    share = f"het aandeel {facts.units} met {facts.class_label}"
    assert share in text.lower() or (facts.object in text and not facts.shown and not facts.single)
    verdicts = [*facts.change.values(), *facts.difference.values()]
    printed = [part for shown in facts.shown.values() for part in (shown.before_text, shown.after_text)]
    printed += [single.text for single in facts.single.values()] + [verdict.p for verdict in verdicts]
    assert numbers(text) <= set().union(*(numbers(part) for part in printed)), text
    _check_level(facts, read[0])
    changes = [sentence for name, sentence in read if name.startswith("classes.change")]
    differences = [sentence for name, sentence in read if name.startswith("classes.difference")]
    assert all(PHRASES[group] in text for group in facts.shown)
    for group in facts.shown:
        own = facts.change[group]
        (said,) = [one for one in changes if PHRASES[group] in one or "beide groepen" in one or len(changes) == 1]
        _check_class_verdict(own, said, f"{PHRASES[group + '_label']}: {own.p}" if "beide groepen" in said else own.p)
    assert bool(differences) == (len(facts.shown) == 2), text
    for wave, own in facts.difference.items() if differences else ():
        (said,) = [one for one in differences if PHRASES[wave] in one] or differences
        where = f"[Oo]p {PHRASES[wave]}\\b[^(]*\\({own.p}\\)"
        if own.state == "untested":
            assert "niet mogelijk" in said, said
        else:
            found = re.search(where, said)
            assert found, said
            # what is said of this measurement: up to its p, from the p before
            part = said[: found.end()].split("(")[-2].split(")")[-1]
            denied = bool(re.search(r"\bniet\b", part) or re.search(r"verschillen niet", said))
            denied = denied and not re.search(r"\bwel\b", part)
            assert denied == (own.state == "not_significant"), said
    _check_hidden(facts, text)


def _check_class_verdict(verdict, sentence, p):
    expected = {"significant": [True], "not_significant": [False], "untested": []}[verdict.state]
    assert claims(sentence) == expected and p in sentence, sentence
    if verdict.state == "untested":
        _check_reason(verdict, sentence)
