import pytest

from effectstudie.shared.errors import ConfigError
from effectstudie.shared.yaml_files import read_yaml


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
