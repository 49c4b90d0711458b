import pytest
from given.plans import CLASSIFICATION, OUTCOMES, STUDY, WRITTEN, changed, in_force

from effectstudie.definitions.plans.departures import ABSENT, Departure, departures, without_difference


def found(now, written=()):
    return [(one.key, one.planned, one.done) for one in departures(in_force(), now, written)]


def test_a_plan_that_is_followed_has_no_departures():
    assert found(in_force()) == []


@pytest.mark.parametrize(
    ("now", "departure"),
    [
        (in_force(study=changed(STUDY, estimand="households")), ("estimand", "persons", "households")),
        (in_force(study=changed(STUDY, matching__selected="far")), ("selected", "near", "far")),
        (
            in_force(study=changed(STUDY, matching__strategies__near__caliper=1.0)),
            ("strategies.near.caliper", 0.2, 1.0),
        ),
        (in_force(study=changed(STUDY, matching__strategies__far__ratio=3)), ("strategies.far.ratio", 1, 3)),
        (
            in_force(study=changed(STUDY, matching__strategies__near__covariates=["age"])),
            ("strategies.near.covariates", ["age", "sex"], ["age"]),
        ),
        (in_force(study=changed(STUDY, follow_up__waves=["T2"])), ("follow_up", ["T1", "T2"], ["T2"])),
        (in_force(study=changed(STUDY, risk_threshold=5)), ("risk_threshold", 4, 5)),
        (in_force(study=changed(STUDY, approach__regio="Flevoland")), ("approach.regio", "Zeeland", "Flevoland")),
        (in_force(outcomes=changed(OUTCOMES, safety__margin=1)), ("margins.safety", 0.5, 1)),
        (
            in_force(outcomes=changed(OUTCOMES, stress__margin=5, stress__margin_source="x")),
            ("margins.stress", ABSENT, 5),
        ),
        (
            in_force(outcomes=changed(OUTCOMES, stress__variable="nosik.total")),
            ("outcomes.stress.variable", "nosik.stress", "nosik.total"),
        ),
        (
            in_force(classification=changed(CLASSIFICATION, violence__partner_violence__mild_from=1)),
            ("violence.partner_violence.mild_from", 4, 1),
        ),
        (
            in_force(classification=changed(CLASSIFICATION, risk_factors__own_drinking__yes_when={"from": 8})),
            ("risk_factors.own_drinking", {"above": 8}, {"from": 8}),
        ),
        (in_force(changed(WRITTEN, moderators=[])), ("moderators", ["risk_cumulation"], [])),
        (in_force(changed(WRITTEN, exclusions=[])), ("exclusions", ["Gezinnen zonder T0 doen niet mee."], [])),
        (in_force(changed(WRITTEN, primary=["drinking"])), ("primary", ["safety"], ["drinking"])),
        (in_force(study=changed(STUDY, outcomes=["stress"])), ("primary", ["safety"], [])),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_each_departure_is_one_row(now, departure):
    assert found(now) == [departure]


def test_a_strategy_that_came_or_went_is_one_row():
    only_near = {"near": STUDY["matching"]["strategies"]["near"]}
    ((key, planned, done),) = found(in_force(study=changed(STUDY, matching__strategies=only_near)))
    assert (key, planned["ratio"], done) == ("strategies.far", 1, ABSENT)


def test_other_words_for_the_same_and_keys_that_are_newer_than_the_plan_are_no_departures():
    now = in_force(outcomes=changed(OUTCOMES, safety__label="veiligheid", safety__margin_source="zo afgesproken"))
    assert found(now) == []
    old = changed(in_force())
    del old["strategies"]["near"]["order"]
    old["strategies"]["near"]["method"] = "nearest"  # a key that there was
    assert departures(old, in_force()) == []


REASONS = (
    {"what": "strategies", "reason": "te weinig gezinnen", "date": "2027-01-02"},
    {"what": "strategies.near.caliper", "reason": "te krap", "date": "2027-01-03"},
    {"what": "other", "told": "Interviews gingen per telefoon.", "reason": "de raad vroeg het", "date": "2027-01-04"},
)


def test_a_reason_is_of_its_key_and_of_those_below_it_and_what_no_setting_shows_comes_last():
    study = changed(STUDY, matching__strategies__near__caliper=1.0, matching__strategies__near__ratio=1)
    now = in_force(study=changed(study, risk_threshold=5))
    ratio, caliper, threshold, other = departures(in_force(), now, REASONS)
    assert (ratio.reason, ratio.date) == ("te weinig gezinnen", "2027-01-02")
    assert (caliper.key, caliper.reason) == ("strategies.near.caliper", "te krap")
    assert (threshold.key, threshold.reason) == ("risk_threshold", "")
    told = ("Interviews gingen per telefoon.", "de raad vroeg het", "2027-01-04")
    assert other == Departure("other", ABSENT, *told)


def test_a_reason_where_nothing_differs_is_named():
    found = departures(in_force(), in_force(study=changed(STUDY, risk_threshold=5)), REASONS)
    assert without_difference(found, REASONS) == ["strategies", "strategies.near.caliper"]
    assert without_difference(found, [{"what": "risk", "reason": "x", "date": "2027-01-02"}]) == ["risk"]
