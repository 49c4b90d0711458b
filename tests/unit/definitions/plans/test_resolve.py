from given.plans import CLASSIFICATION, OUTCOMES, STUDY, WRITTEN, changed, in_force


def test_a_plan_has_everything_that_decides_an_outcome():
    plan = in_force()
    assert (plan["primary"], plan["secondary"], plan["selected"]) == (["safety"], ["stress"], "near")
    assert plan["strategies"]["far"] == {
        "covariates": ["age"], "ratio": 1, "caliper": None, "missing": "complete", "exact": [], "order": "largest",
        "design": "nearest",
    }  # fmt: skip
    assert (plan["margins"], plan["margin_sources"]) == ({"safety": 0.5}, {"safety": "een half punt"})
    assert plan["violence"] == {"partner_violence": {"mild_from": 4, "severe_from": 1}}
    assert (plan["risk_factors"], plan["alpha"], plan["risk_threshold"]) == ({"own_drinking": {"above": 8}}, 0.05, 4)
    assert plan["outcomes"]["stress"] == {"variable": "nosik.stress", "unit": "child", "kind": "mean"}


def test_what_the_analysis_reads_elsewhere_comes_from_there():
    study = changed(STUDY, estimand="households", matching__selected="far")
    plan = in_force(WRITTEN, study)
    assert (plan["estimand"], plan["selected"]) == ("households", "far")


def test_an_outcome_that_the_study_no_longer_reports_is_no_longer_in_force():
    plan = in_force(WRITTEN, changed(STUDY, outcomes=["stress"]), {"stress": OUTCOMES["stress"]}, CLASSIFICATION)
    assert (plan["primary"], plan["secondary"], list(plan["outcomes"])) == ([], ["stress"], ["stress"])
