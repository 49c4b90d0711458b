"""A copy of the project's configuration and definition files, to make mistakes in."""

import shutil

import pytest
from given.paths import ROOT

from effectstudie.definitions.load import load, refuse_invented
from effectstudie.shared.errors import ConfigError
from effectstudie.shared.yaml_files import read_yaml

STUDY = "config/studies/groningen.yaml"
ACE = "resources/instruments/ace.yaml"
MANSA = "resources/instruments/mansa.yaml"
CLASSIFICATION = "resources/classification"


class Project:
    """A copy of the files that the settings are read from."""

    def __init__(self, folder):
        self.folder = folder
        self.config: dict = {}
        for name in ("config", "resources", "workflow/schemas"):
            shutil.copytree(ROOT / name, folder / name)
        # mistakes are made in one study; another would make each of them twice
        (folder / "config/studies/haaglanden.yaml").unlink()
        shutil.rmtree(folder / "config/sets")

    def edit(self, path, old, new):
        text = (self.folder / path).read_text(encoding="utf-8")
        assert old in text
        (self.folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    def load(self):
        """The settings, with the keys of `config` as if given on the command line; all studies are made."""
        settings = load(read_yaml(self.folder / "config/config.yaml") | self.config, self.folder)
        refuse_invented(settings, settings.studies)
        return settings

    def problems(self):
        with pytest.raises(ConfigError) as error:
            self.load()
        for problem in error.value.problems:
            assert str(self.folder) not in problem
            assert problem.endswith(".")
            assert ". " not in problem
        return error.value.problems

    def problem(self):
        (problem,) = self.problems()
        return problem


def licensed(project, definition=True):
    folder = project.folder / "resources/norms/licensed"
    folder.mkdir(exist_ok=True)
    source = project.folder / "resources/norms/illustrative/tsi_illustrative.csv"
    (folder / "tsi.csv").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "manifest.yaml").write_text("tsi: {file: tsi.csv, kind: linear, source: the manual, owner: us}\n")
    if definition:
        own = project.folder / "resources/instruments/licensed"
        own.mkdir()
        text = (project.folder / "resources/instruments/tsi.yaml").read_text(encoding="utf-8")
        (own / "tsi.yaml").write_text(text.replace("status: illustrative", "status: manual"), encoding="utf-8")


def correct(project, content):
    """Corrections outside the project, where they have to be."""
    path = project.folder.with_name("corrections.csv")
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    project.config["corrections_file"] = str(path)
    return path
