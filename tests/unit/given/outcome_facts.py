"""What is known of an outcome, as sentences take it."""

from effectstudie.report.prose.outcome import Estimated, OutcomeFacts, Shown, Verdict

VALUES = {
    "down": Shown(9.0, 4.0, "9", "4", change=-5.0, still=0.5),
    "up": Shown(4.0, 9.0, "4", "9", change=5.0, still=0.5),
    "stays": Shown(4.0, 5.0, "4", "5", change=0.4, still=1.0),
    "equal": Shown(4.0, 4.0, "4", "4", change=0.0, still=0.5),
    "little": Shown(4.0, 5.0, "4", "5", change=0.4, still=1.0, moved=True),
    "bound": Shown(float("nan"), 20.0, "minder dan 10%", "20%", still=4.0),
}
VERDICTS = {
    "significant": Verdict("significant", "p\u00a0=\u00a0,010", "small_to_medium"),
    "unsized": Verdict("significant", "p\u00a0<\u00a0,05"),
    "not_significant": Verdict("not_significant", "p\u00a0=\u00a0,500"),
    "negligible": Verdict("negligible", "p\u00a0=\u00a0,020"),
    "untested": Verdict("untested", reason="pairs"),
}
ESTIMATES = {
    "better": Estimated("better", -3.0, "3", "−5 tot −1"),
    "worse": Estimated("worse", 3.0, "3", "1 tot 5"),
    "undecided": Estimated("undecided", 1.0, "1", "−3 tot 5"),
    "equal": Estimated("undecided", 0.2, "0", "−3 tot 3"),
    "hidden": Estimated("better"),
    "none": None,
}


def facts(shown, time="untested", group="untested", interaction="untested", estimated="none", **more):
    """Of an outcome of which less is better. `shown`: group → key of VALUES, or a Shown."""
    plural = more.setdefault("plural", False)
    known = {"outcome": "drinking", "label": "glazen" if plural else "geweld", "article": "de" if plural else "het",
             "kind": "mean", "better": "lower", "within": {}}  # fmt: skip
    return OutcomeFacts(
        shown={name: VALUES[one] if isinstance(one, str) else one for name, one in shown.items()},
        time=VERDICTS[time],
        group=VERDICTS[group],
        interaction=VERDICTS[interaction],
        estimated=ESTIMATES[estimated],
        **(known | more),
    )


def both(approach, control=None):
    return {"approach": approach, "control": control or approach}
