"""Instruments that do not fit the exports, or do not fit together."""

from given.project_files import ACE


def test_an_instrument_that_is_not_asked_in_every_wave_names_its_waves(project):
    project.edit(ACE, "waves: [T0]\n", "")
    problems = project.problems()
    assert len(problems) == 20  # ten columns in T1 and T2
    assert problems[0] == (
        f"{ACE}: forms.adult names the column 'ace_01', which volwassenen does not have in T1; give the definition "
        "a key waves."
    )


def test_a_form_that_a_scale_names_exists(project):
    project.edit("resources/instruments/ctspc.yaml", "forms: [parent]", "forms: [parents]")
    assert project.problem().startswith(
        "resources/instruments/ctspc.yaml: scales.neglect.forms names the form 'parents', which does not exist (did "
        "you mean 'parent'?); known: parent, child."
    )
