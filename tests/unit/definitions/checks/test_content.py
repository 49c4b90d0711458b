import pytest

from effectstudie.definitions.checks.content import check_names, check_schema
from effectstudie.shared.errors import ConfigError


def problems_of(content, **schema):
    with pytest.raises(ConfigError) as error:
        check_schema(content, schema, "config/a.yaml")
    return error.value.problems


def problem_of_value(value, **rule):
    (problem,) = problems_of({"key": value}, properties={"key": rule})
    return problem


def test_an_unknown_key_gets_the_known_one_it_is_like():
    assert problems_of({"sead": 1}, additionalProperties=False, properties={"seed": {}, "waves": {}}) == [
        "config/a.yaml: key sead is unknown (did you mean 'seed'?); known: seed, waves."
    ]


def test_an_unknown_key_that_is_like_nothing_gets_the_known_ones():
    inner = {"additionalProperties": False, "properties": {"seed": {}}}
    assert problems_of({"part": {"zzz": 1}}, properties={"part": inner}) == [
        "config/a.yaml: key part.zzz is unknown; known: seed."
    ]


def test_each_missing_key_is_named_once():
    assert problems_of({"part": {}}, properties={"part": {"required": ["seed", "waves"]}}) == [
        "config/a.yaml: key part.seed is missing.",
        "config/a.yaml: key part.waves is missing.",
    ]


def test_a_value_is_shown_with_the_description_of_what_is_allowed():
    problem = problem_of_value(2, minimum=3, description="a whole number from 3")
    assert problem == "config/a.yaml: key key is 2; allowed: a whole number from 3."


@pytest.mark.parametrize(
    ("value", "rule", "allowed"),
    [
        ("x", {"type": "integer"}, "a whole number"),
        (True, {"type": ["number", "null"]}, "a number or null"),
        (1, {"type": "object"}, "keys with values"),
        (1, {"type": "array"}, "a list"),
        (1, {"type": "string"}, "text"),
        (1, {"type": "boolean"}, "true or false"),
        ("x", {"enum": ["mean", "max"]}, "one of mean, max"),
        ("x", {"const": "child"}, "child"),
        (2, {"minimum": 3}, "at least 3"),
        (4, {"maximum": 3}, "at most 3"),
        (0, {"exclusiveMinimum": 0}, "above 0"),
        ([], {"minItems": 1}, "a list of at least 1"),
        ({}, {"minProperties": 1}, "at least 1 key"),
        ([1, 1], {"uniqueItems": True}, "a list without the same item twice"),
        ("x", {"pattern": "^T[0-9]$"}, "text like ^T[0-9]$"),
    ],
)
def test_what_is_allowed_is_said_in_words(value, rule, allowed):
    assert problem_of_value(value, **rule) == f"config/a.yaml: key key is {value!r}; allowed: {allowed}."


def test_a_key_that_another_goes_with_is_named_once():
    rule = {"dependentRequired": {"margin": ["margin_source", "better"], "margin_source": ["margin"]}}
    assert problems_of({"part": {"margin": 1}}, properties={"part": rule}) == [
        "config/a.yaml: key part.margin_source is missing; it goes with margin.",
        "config/a.yaml: key part.better is missing; it goes with margin.",
    ]
    assert problems_of({"margin_source": "people"}, **rule) == [
        "config/a.yaml: key margin is missing; it goes with margin_source."
    ]
    check_schema({"margin": 1, "margin_source": "people", "better": "lower"}, rule, "config/a.yaml")
    check_schema({"better": "lower"}, rule, "config/a.yaml")


def test_a_name_that_is_no_name_is_shown():
    rule = {"type": "string", "pattern": "^[a-z]+$", "description": "small letters"}
    assert problems_of({"part": {"A b": 1}}, properties={"part": {"propertyNames": rule}}) == [
        "config/a.yaml: key part.A b is no name that is allowed; allowed: small letters."
    ]


def test_a_file_without_keys_is_refused():
    assert problems_of(None, type="object") == ["config/a.yaml: the file is None; allowed: keys with values."]


def test_long_values_are_cut():
    problem = problem_of_value("x" * 100, type="integer")
    assert len(problem) < 130
    assert "xxx...; allowed: a whole number." in problem


def test_all_mistakes_come_at_once():
    schema = {"additionalProperties": False, "required": ["b"], "properties": {"a": {"type": "integer"}, "b": {}}}
    found = problems_of({"a": "x", "c": 1}, **schema)
    assert len(found) == 3
    assert all(problem.startswith("config/a.yaml: ") and problem.endswith(".") for problem in found)


def test_names_that_exist_are_no_problem_and_others_are_one_each():
    assert check_names("a.yaml", "key", ["T0", "T1"], ["T0", "T1"], "wave") == []
    assert check_names("a.yaml", "outcomes", ["saftey", "x"], ["safety"], "outcome") == [
        "a.yaml: outcomes names the outcome 'saftey', which does not exist (did you mean 'safety'?); known: safety.",
        "a.yaml: outcomes names the outcome 'x', which does not exist; known: safety.",
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("thv", " (did you mean 'restraining_order'?)"),
        ("Tijdelijk huisverbod", " (did you mean 'restraining_order'?)"),
        ("huisverbod", " (did you mean 'restraining_order'?)"),
        ("kind", ""),
        ("n_chidren", " (did you mean 'n_children'?)"),
    ],
)
def test_a_name_that_people_use_otherwise_gets_the_one_that_is_meant(name, hint):
    known = ["restraining_order", "n_children"]
    also = {"thv": known[0], "tijdelijk huisverbod": known[0], "aantal kinderen": known[1]}
    (problem,) = check_names("a.yaml", "exact", [name], known, "covariate", also)
    assert problem == (
        f"a.yaml: exact names the covariate '{name}', which does not exist{hint}; known: restraining_order, n_children."
    )


@pytest.mark.parametrize(
    ("word", "meant"), [("no", "false"), ("Off", "false"), ("N", "false"), ("yes", "true"), ("ja", "true")]
)
def test_a_word_for_yes_or_no_is_told_as_what_it_is_written(word, meant):
    told = f"config/a.yaml: key key is '{word}'; allowed: true or false ({word} is written as {meant})."
    assert problem_of_value(word, type="boolean", description="true or false") == told


def test_a_word_for_no_is_no_truth_where_no_truth_is_allowed():
    assert problem_of_value("no", type="integer") == "config/a.yaml: key key is 'no'; allowed: a whole number."
