"""What is known of an outcome, as sentences take it."""

from effectstudie.report.prose.outcome import OutcomeFacts, Shown, Verdict

VALUES = {
    "down": Shown(9.0, 4.0, "9", "4"),
    "up": Shown(4.0, 9.0, "4", "9"),
    "same": Shown(4.2, 4.4, "4", "4"),
}
VERDICTS = {
    "significant": Verdict("significant", "p = ,010", ",10", "small_to_medium"),
    "not_significant": Verdict("not_significant", "p = ,500"),
    "negligible": Verdict("negligible"),
    "untested": Verdict("untested"),
}


def facts(shown, time="untested", group="untested", interaction="untested", plural=False, **more):
    return OutcomeFacts(
        outcome="drinking",
        label="glazen" if plural else "geweld",
        article="de" if plural else "het",
        plural=plural,
        better="lower",
        shown=shown,
        time=VERDICTS[time],
        group=VERDICTS[group],
        interaction=VERDICTS[interaction],
        within=more.pop("within", {}),
        **more,
    )


DOWN = {"approach": VALUES["down"], "control": VALUES["down"]}
