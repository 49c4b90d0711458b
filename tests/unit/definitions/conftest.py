"""A copy of the files that people write, for each test or for all tests of a file."""

import pytest
from given.project_files import Project


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    return Project(tmp_path_factory.mktemp("project")).load()
