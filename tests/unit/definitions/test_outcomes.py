"""Which outcomes a study names, and which of them are compared over time."""

from given.project_files import STUDY

from effectstudie.definitions.outcomes import compared_over_time


def test_an_appendix_shows_every_scale_of_an_instrument(project):
    project.edit(STUDY, "appendix: [security, ppq,", "appendix: [ppq,")
    found = project.load().outcomes_of("groningen")
    assert found["ppq__warmth"] == {
        "variable": "ppq.warmth", "unit": "child", "kind": "mean", "section": "appendix",
        "label": "warmte en betrokkenheid", "measure": "PPQ warmte en betrokkenheid", "decimals": 1,
    }  # fmt: skip
    assert "tsi__AA" in found and not any(name.startswith("security__") for name in found)


def test_classes_and_outcomes_of_one_measurement_are_not_compared_over_time():
    kinds = {"b": {"kind": "percentage"}, "class": {"kind": "class"}, "a": {"kind": "mean"},
             "once": {"kind": "mean", "measured": "T0"}}  # fmt: skip
    assert list(compared_over_time(kinds)) == ["b", "a"]
