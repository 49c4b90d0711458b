import pytest

from effectstudie.shared.errors import ConfigError
from effectstudie.shared.yaml_files import check_names, check_schema, read_yaml


def problems_of(content, **schema):
    with pytest.raises(ConfigError) as error:
        check_schema(content, schema, "config/a.yaml")
    return error.value.problems


def problem_of_value(value, **rule):
    (problem,) = problems_of({"key": value}, properties={"key": rule})
    return problem


def reading(tmp_path, text):
    path = tmp_path / "a.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as error:
        read_yaml(path)
    (problem,) = error.value.problems
    return problem.replace(str(path), "a.yaml")


def test_a_date_stays_text(tmp_path):
    (tmp_path / "a.yaml").write_text("day: 2026-11-21")
    assert read_yaml(tmp_path / "a.yaml") == {"day": "2026-11-21"}


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError) as error:
        read_yaml(tmp_path / "b.yaml")
    assert error.value.problems == [f"{tmp_path / 'b.yaml'}: there is no such file."]


def test_a_key_that_stands_twice_is_named_with_its_line(tmp_path):
    problem = reading(tmp_path, "seed: 1\nwaves: []\nseed: 2\n")
    assert problem == "a.yaml: is not valid YAML: line 1: key 'seed' stands here twice."


def test_a_key_that_stands_twice_in_an_inner_mapping_is_found(tmp_path):
    assert "line 2: key 'x' stands here twice" in reading(tmp_path, "outer:\n  x: 1\n  x: 1\n")


def test_broken_yaml_is_told_in_one_line_with_its_place(tmp_path):
    problem = reading(tmp_path, "waves: [T0, T1\nseed: 1\n")
    assert problem.startswith("a.yaml: is not valid YAML: ")
    assert "line 2" in problem
    assert "\n" not in problem


def test_text_in_another_encoding_is_refused(tmp_path):
    assert reading(tmp_path, "label: één".encode("cp1252")) == "a.yaml: is not UTF-8 text; save it as UTF-8."


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
