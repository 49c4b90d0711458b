"""The container that jobs are in, where an institute has built its image and `--sdm apptainer` asks for it."""

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.storage import sha256

# Beside what Snakemake itself keeps of containers.
_IMAGES, _CACHE = ".snakemake/images", ".snakemake/cache"


@dataclass(frozen=True)
class Container:
    """`program`: apptainer or singularity; `digest`: `sha256:` and that of the image's file.

    `image`: the file, under a name that follows from what is in it: a job runs again when its image has another name,
    and would not when other bytes came in the same place.
    """

    program: str
    image: str
    digest: str

    @property
    def rscript(self) -> tuple[str, ...]:
        """The command that starts the image's R."""
        return (self.program, "exec", self.image, "Rscript")

    def variables(self, places: Iterable[str | None], given: Mapping[str, str]) -> dict[str, str]:
        """What lets jobs see these files and folders too, beside the working folder; and no chat of the program.

        What they keep for a next time goes with what Snakemake keeps. The image has /tmp for it, which is not its own
        here: another user's is in the way.
        `given`: the environment; what the user lets jobs see stays. A place that is not there is left out, for the
        program would refuse it.
        """
        prefix = self.program.upper()
        before = given.get(f"{prefix}_BIND", "").split(",")
        there = [os.path.abspath(place) for place in places if place is not None and os.path.exists(place)]
        return {
            f"{prefix}_BIND": ",".join(dict.fromkeys([*filter(None, before), *there])),
            f"{prefix}_QUIET": "1",
            f"{prefix}ENV_XDG_CACHE_HOME": os.path.abspath(_CACHE),
            f"{prefix}ENV_MPLCONFIGDIR": os.path.abspath(f"{_CACHE}/matplotlib"),
        }


def container_of(image: str | None) -> Container:
    """The container of a run that asks for one; EffectstudieError where it cannot be had.

    `image`: container_image of the configuration, a .sif file. It gets its other name in the working folder.
    """
    if image is None:
        raise EffectstudieError(
            say(
                "config/config.yaml: key container_image is null, and --sdm apptainer asks for an image; name its .sif "
                "file (docs/machines.md says how to make it), or leave --sdm apptainer out."
            )
        )
    if not Path(image).is_file():
        raise EffectstudieError(
            say(
                "config/config.yaml: key container_image is {image}, and there is no such file; docs/machines.md says "
                "how to make it.",
                image=image,
            )
        )
    program = next(filter(shutil.which, ("apptainer", "singularity")), None)
    if program is None:
        raise EffectstudieError(
            say(
                "--sdm apptainer: needs the program apptainer, which is not installed here; have it installed, or "
                "leave --sdm apptainer out."
            )
        )
    digest = sha256(image)
    named = Path(_IMAGES, f"{digest}.sif")
    if not named.exists() or not named.samefile(image):
        named.parent.mkdir(parents=True, exist_ok=True)
        named.unlink(missing_ok=True)
        named.symlink_to(Path(image).resolve())
    return Container(program, str(named), f"sha256:{digest}")
