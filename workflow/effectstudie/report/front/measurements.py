"""When was measured, which measurement is the follow-up, and what a study names that its cohort has not."""

from collections.abc import Mapping
from typing import Any

from effectstudie.definitions.cohort import Cohort
from effectstudie.definitions.export_columns import OF_CHILDREN
from effectstudie.definitions.follow_up import FIRST, by_rule
from effectstudie.report.values import Named
from effectstudie.shared import formats


def waves_said(cohort: Cohort, times: Named, follow_up: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, str]:
    """What is said of the measurements. `times`: wave_times of the configuration; `words`: waves.nl.yaml."""
    first, *later = cohort.waves
    when = {first: words["start"]}
    when |= {wave: words["later"].format(time=times[wave]) for wave in later if wave in times}
    if (last := cohort.waves[-1]) in times:
        when[last] = words["last"].format(time=times[last])
    measured = [words["measured"].format(wave=wave, when=when[wave]) if wave in when else wave for wave in cohort.waves]
    followed = "known" if last in times else "unknown"
    number = words["numbers"][len(cohort.waves)]
    return {
        "number": number,
        "names": formats.joined(cohort.waves),
        "times": formats.joined([when.get(wave, wave) for wave in cohort.waves]),
        "measured": formats.joined(measured),
        "followed": words["followed"][followed].format(time=times.get(last), wave=last),
        **_of_follow_up(times, follow_up, words),
    }


def _of_follow_up(times: Named, follow_up: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, str]:
    used, label = follow_up["waves"], follow_up["label"]
    known = [times[wave] for wave in used if wave in times]
    all_known, many = len(known) == len(used), "more" if len(used) > 1 else "one"
    method = by_rule(follow_up, words["method"])
    first, others = used[0], formats.joined(used[1:], words["or"])
    return {
        "follow_up": words["follow_up"]["known" if all_known else "unknown"].format(
            times=formats.joined(known, words["or"])
        ),
        "left": words["left"][many if all_known else "unknown"].format(time=known[0] if known else ""),
        "method": f"{method} {words['called'].format(label=label)}" if many == "more" else method,
        "other": words["other"][follow_up.get("rule", FIRST)] if many == "more" else "",
        "meant": words["meant"][many].format(first=first, others=others),
    }


def absent_said(
    left_out: Mapping[str, Any], cohort: Cohort, titles: Named, covariates: Named, words: Mapping[str, Any]
) -> dict[str, str]:
    """A sentence for the waves, and one for the outcomes, that the study names and the cohort has not; else empty.

    `left_out`: of the study (definitions.fitted); `words`: absent of waves.nl.yaml.
    """
    waves, outcomes, matched = (left_out.get(key, ()) for key in ("waves", "outcomes", "covariates"))
    tables = "_".join(table for table in OF_CHILDREN if table not in cohort.tables)
    reason = words["reasons"][tables or "none"]
    said = []
    if outcomes:
        items = formats.joined([titles.get(name, outcomes[name]) for name in outcomes])
        said.append(words["outcomes"].format(reason=reason, items=items))
    if matched:
        said.append(words["covariates"].format(items=formats.joined([covariates[name].lower() for name in matched])))
    return {
        "waves": words["waves"].format(items=formats.joined(list(waves))) if waves else "",
        "outcomes": " ".join(said),
    }
