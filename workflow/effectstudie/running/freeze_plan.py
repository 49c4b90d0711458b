"""Command: freeze the plan of a study, so that its report can say what was planned and what was not.

python -m effectstudie.running.freeze_plan groningen [--raw /data/exports] [--reason "why there is a new version"]
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from effectstudie.definitions.checks.plans import contradictions
from effectstudie.definitions.export_columns import REPORTING
from effectstudie.definitions.load import load
from effectstudie.definitions.plans.departures import departures
from effectstudie.definitions.plans.versions import Version, plan_paths, versions_of, with_version
from effectstudie.definitions.settings import Settings
from effectstudie.intake.files.raw_files import exports_after
from effectstudie.shared.errors import ConfigError, EffectstudieError
from effectstudie.shared.messages.dutch import in_dutch, told
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.storage import replace_file
from effectstudie.shared.yaml_files import read_yaml, yaml_text

HEAD = """\
# Made by `make plan`. Do not edit: a run stops where the SHA-256 of a version is not that of all it says.
"""


def freeze(settings: Settings, study: str, reason: str, now: datetime, project: Path = Path(".")) -> Version:
    """Write the plan of a study as it is now behind the versions that were frozen, and give the new version.

    ConfigError where there is no plan, where it says otherwise than the settings of the study, where nothing is new,
    and where a later version has no reason.
    """
    path, frozen_path = plan_paths(study)
    versions = versions_of(settings.frozen[study]) if study in settings.frozen else ()
    if study not in settings.studies:
        raise ConfigError(
            [
                say(
                    "There is no study '{study}'; the studies are: {studies}.",
                    study=study,
                    studies=sorted(settings.studies),
                )
            ]
        )
    if study not in settings.plans:
        raise ConfigError(
            [say("{path}: there is no such file; write the plan there first, as docs/plan.md says.", path=path)]
        )
    if problems := contradictions(path, settings.plans[study], settings.studies[study]):
        raise ConfigError(problems)
    plan = settings.planned_now(study)
    if versions and not departures(versions[-1].plan, plan):
        last = versions[-1]
        raise ConfigError(
            [
                say(
                    "{path}: is as version {version} froze it on {frozen_at}; nothing is new.",
                    path=path,
                    version=last.version,
                    frozen_at=last.frozen_at[:10],
                )
            ]
        )
    if versions and not reason:
        raise ConfigError(
            [
                say(
                    '{path}: holds a version already; say why there is a new one with REASON="…", for the report.',
                    path=frozen_path,
                )
            ]
        )
    state, files = exports_of_follow_up(settings)
    at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    versions = with_version(versions, plan=plan, frozen_at=at, reason=reason, exports=state, files=files)
    content = {"study": study, "versions": [version.plain() for version in versions]}
    text = HEAD + yaml_text(content, width=120)
    replace_file(project / frozen_path, lambda temporary: temporary.write_text(text, encoding="utf-8"))
    return versions[-1]


def exports_of_follow_up(settings: Settings) -> tuple[str, tuple[str, ...]]:
    """Whether exports of a follow-up lie in the folder of exports, with their names; synthetic where none is set."""
    folder, (first, *_) = settings.config["raw_dir"], settings.config["waves"]
    if folder is None:
        return "synthetic", ()
    if not Path(folder).is_dir():
        raise ConfigError(
            [say("{folder}: there is no such folder; raw_dir must say where exports are, or will be.", folder=folder)]
        )
    files = exports_after(folder, first, REPORTING)
    return ("there" if files else "none"), tuple(files)


def main(arguments: list[str] | None = None) -> int:
    """0 when a version was frozen; 1 with a sentence when it was not."""
    parser = argparse.ArgumentParser(prog="freeze_plan", description=in_dutch(say("Freeze the plan of a study.")))
    parser.add_argument("study", help=in_dutch(say("name of the study, as groningen")))
    raw = say("folder of exports, in the place of raw_dir in config/config.yaml")
    parser.add_argument("--raw", help=in_dutch(raw))
    reason = say("why there is a new version; the report prints it")
    parser.add_argument("--reason", default="", help=in_dutch(reason))
    given = parser.parse_args(arguments)
    try:
        config = read_yaml("config/config.yaml")
        settings = load({**config, **({"raw_dir": given.raw} if given.raw else {})}, Path("."))
        version = freeze(settings, given.study, given.reason.strip(), datetime.now(UTC))
    except (EffectstudieError, OSError) as error:
        print(told(error), file=sys.stderr)
        return 1
    said = {
        "none": say("no exports of a follow-up were there"),
        "there": say("these exports of a follow-up were there: {files}", files=list(version.files)),
        "synthetic": say("raw_dir is null, so this is a plan for synthetic data, which are there at any time"),
    }
    path = plan_paths(given.study)[1]
    print(
        in_dutch(
            say(
                "{path}: version {version}, {at}, {mark}.",
                path=path,
                version=version.version,
                at=version.frozen_at,
                mark=version.mark,
            )
        )
    )
    print(in_dutch(say("When it was frozen, {exports}.", exports=said[version.exports])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
