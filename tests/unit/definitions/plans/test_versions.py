from dataclasses import replace

import pytest
import yaml
from given.plans import changed, frozen, in_force

from effectstudie.definitions.plans.versions import first_broken, followed, versions_of


def stored(versions):
    """As they come back from the file."""
    return versions_of(yaml.safe_load(yaml.safe_dump({"versions": [version.plain() for version in versions]})))


def test_a_version_comes_back_from_its_file_with_a_hash_that_fits():
    versions = frozen("none", "there")
    assert stored(versions) == versions
    assert first_broken(stored(versions)) is None
    assert [len(version.sha256) for version in versions] == [64, 64]
    assert versions[0].mark == versions[0].sha256[:8]


def test_the_hash_does_not_depend_on_the_order_of_keys():
    plan = in_force()
    turned = dict(reversed(plan.items()))
    assert frozen("none", plans=[plan])[0].sha256 == frozen("none", plans=[turned])[0].sha256


@pytest.mark.parametrize(
    "edited",
    [
        {"frozen_at": "2025-01-01T00:00:00Z"},
        {"exports": "none", "files": ()},
        {"files": ()},
        {"reason": "iets anders"},
        {"plan": changed(in_force(), margins__safety=0.1)},
        {"plan": changed(in_force(), strategies__near__caliper=None)},
    ],
    ids=lambda edited: " ".join(edited),
)
def test_every_edit_of_a_frozen_version_is_found(edited):
    first, second = frozen("none", "there")
    assert first_broken((first, replace(second, **edited))).version == 2


def test_a_version_cannot_be_taken_out_or_put_elsewhere():
    first, second, third = frozen("none", "none", "there")
    assert first_broken((second, third)) == second
    assert first_broken((first, third)) == third
    remade = replace(first, frozen_at="2025-01-01T00:00:00Z")
    assert first_broken((replace(remade, sha256=remade.digest), second)) == second


@pytest.mark.parametrize(
    ("exports", "number"),
    [
        (["none"], 1),
        (["none", "none", "there"], 2),  # the last from before there were exports
        (["there", "there"], 1),  # changed while data were there: a departure
        (["synthetic", "synthetic"], 2),
        (["synthetic", "there", "there"], 2),  # what was tried on synthetic data is no plan of the study
        (["synthetic", "none", "there"], 2),
    ],
)
def test_a_report_follows_the_last_version_from_before_the_data(exports, number):
    assert followed(frozen(*exports)).version == number
