"""Which outcomes tell of which others: views of one variable, a total and its parts, and counts of the same people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations, product

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.disclosure.limits import Limits
from effectstudie.shared.vocabulary import COMPARED


def sums(outcomes: Mapping[str, Outcome]) -> list[tuple[str, ...]]:
    """Outcomes of which each follows from the others together: two views of a variable (as it is and as a T score, in
    the text and in the appendix), a total with all of its parts, and a mean of households with that of their persons,
    whose sum it is.
    """
    views = defaultdict(list)
    for name, outcome in outcomes.items():
        if outcome.kind != "class":
            views[outcome.unit, outcome.variable.removesuffix(".t")].append(name)
    found = [pair for names in views.values() for pair in combinations(names, 2)]
    for name, outcome in outcomes.items():
        if outcome.persons and outcome.kind == "mean":
            of_persons = [others for (_, variable), others in views.items() if variable == outcome.persons]
            found += [(name, other) for others in of_persons for other in others]
        parts = [views[outcome.unit, part] for part in outcome.parts]
        if parts and all(parts):
            found += [(name, *chosen) for chosen in product(*parts)]
    return found


def one_more(shown: Mapping[str, bool], known: Iterable[tuple[str, ...]]) -> set[str]:
    """Of outcomes that are shown or not those that go too: of `sums` in which one is hidden alone it would follow from
    the others, so the last of these goes.
    """
    left, before = dict(shown), -1
    while before != (before := sum(left.values())):
        for names in known:
            seen = [name for name in names if left.get(name, False)]
            if set(names) <= set(left) and len(seen) == len(names) - 1:
                left[seen[-1]] = False
    return {name for name, was in shown.items() if was and not left[name]}


def of_few_questions(
    descriptives: pd.DataFrame, outcomes: Mapping[str, Outcome], minimum_cell: int
) -> set[tuple[str, str, str]]:
    """Scales (outcome, group, wave) that beside others of nearly the same people tell the total of some questions,
    where that is small: of two that have all questions of a third, and some twice, the third; else the one with some.

    A total of less than `minimum_cell` times the largest answer may be that of fewer than `minimum_cell`.
    """
    if minimum_cell == 1:
        return set()
    known = {(row.outcome, row.group, row.wave): (row.n, row.mean) for row in descriptives.itertuples()}
    found = set()
    for name, outcome in outcomes.items():
        for some in outcome.shared_questions:
            of = [
                [one.id for one in outcomes.values() if (one.unit, one.variable) == (outcome.unit, part)]
                for part in some
            ]
            for (group, wave), others in product({place[1:] for place in known if place[0] == name}, product(*of)):
                whole, *rows = (known.get((one, group, wave), (0, 0.0)) for one in (name, *others))
                sizes = [n for n, _ in (whole, *rows)]
                if not min(sizes):  # nobody has one of them
                    continue
                total = round(max(sizes) * abs(whole[1] - sum(mean for _, mean in rows)))
                if max(sizes) - min(sizes) < minimum_cell and 0 < total < outcome.largest_answer * minimum_cell:
                    found.add((name if len(others) > 1 else others[0], group, wave))
    return found


def same_counts(descriptives: pd.DataFrame, outcomes: Mapping[str, Outcome]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Percentages that count the people whom some classes of another outcome count: (percentage, class outcome, names
    of these classes in the result tables), by the numbers: equal in every group and at every measurement of both.
    """
    counts: dict[str, dict[tuple[str, str], tuple[int, int]]] = defaultdict(dict)
    for row in descriptives[descriptives["n"].gt(0) & descriptives["mean"].notna()].itertuples():
        counts[row.outcome][row.group, row.wave] = (int(row.n), round(row.mean * row.n / 100))
    found = []
    for share, of_classes in product(outcomes.values(), outcomes.values()):
        if (share.kind, of_classes.kind, share.unit) != ("percentage", "class", of_classes.unit):
            continue
        # of other answers numbers are the same by chance, and what follows from that is not so
        if share.scores and of_classes.scores and not set(share.scores) & set(of_classes.scores):
            continue
        classes = [name for one in of_classes.classes.values() if (name := f"{of_classes.id}.{one.id}") in counts]
        places = [place for place in counts[share.id] if any(place in counts[name] for name in classes)]
        for size in range(1, len(classes)):
            for some in combinations(classes, size):
                if _same(counts, share.id, some, places):
                    found.append((share.id, of_classes.id, some))
    return found


def of_few_more(
    levels: pd.DataFrame, descriptives: pd.DataFrame, outcomes: Mapping[str, Outcome], limits: Limits
) -> set[str]:
    """Outcomes in classes that in a compared group a few people more, or fewer, have than another outcome of the same
    scores, at one measurement or at both.

    Who answered enough for a class and not for a total has the class that one answer settles, so both exact sizes tell
    how many have it. `levels`: LEVELS, `descriptives`: DESCRIPTIVES, both as measured.
    """
    sizes: dict[tuple[str, str, str], int] = {}
    for row in pd.concat([levels.assign(wave="both"), descriptives])[["outcome", "group", "wave", "n"]].itertuples():
        sizes[row.outcome.partition(".")[0], row.group, row.wave] = int(row.n)
    places = {(group, wave) for _, group, wave in sizes if group in COMPARED}
    classes = [one for one in outcomes.values() if one.kind == "class" and one.scores]
    return {
        one.id
        for one, other in product(classes, outcomes.values())
        if other.kind != "class" and (other.unit, other.scores) == (one.unit, one.scores)
        for place in places
        if limits.is_small(abs(sizes.get((one.id, *place), 0) - sizes.get((other.id, *place), 0)))
    }


def _same(counts: Mapping[str, Mapping], share: str, classes: tuple[str, ...], places: list[tuple[str, str]]) -> bool:
    told = False
    for place in places:
        n, yes = counts[share][place]
        others = [counts[name][place] for name in classes if place in counts[name]]
        if any(size != n for size, _ in others) or sum(count for _, count in others) != yes:
            return False
        told |= 0 < yes < n  # nobody, or everybody, is no sign that two are the same
    return told
