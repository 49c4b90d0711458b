"""Jobs in a container, as `--sdm apptainer` puts them there; here by a program that notes what it is asked for."""

import hashlib
import sys

import pytest

# Notes what it was given, and does here what it should do in the image.
APPTAINER = """#!/bin/sh
[ "$1" = --version ] && exec echo apptainer version 1.4.5
echo "$APPTAINER_BIND" "$@" >>"$0.asked"
until [ "${1%.sif}" != "$1" ]; do shift; done
shift
exec "$@"
"""
STYLE = ["results/style.css", "--sdm", "apptainer", "--cores", "1", "--config", "container_image=../effectstudie.sif"]

pytestmark = pytest.mark.e2e


def test_jobs_are_in_the_container_and_run_again_when_its_image_is_another(bare_project):
    programs = bare_project.home / "bin"
    programs.mkdir()
    for name, text in {"apptainer": APPTAINER, "python": f'#!/bin/sh\nexec {sys.executable} "$@"\n'}.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    image = bare_project.folder.with_name("effectstudie.sif")
    image.write_bytes(b"image")
    bare_project.run(*STYLE)
    asked = (programs / "apptainer.asked").read_text()
    named = f".snakemake/images/{hashlib.sha256(b'image').hexdigest()}.sif"
    assert f" exec {named} Rscript " in asked  # whether R is another than before
    job = next(line for line in asked.splitlines() if "write_style.py" in line)
    assert named in job and str(bare_project.folder) in job.split()[0].split(",")
    image.write_bytes(b"another image")
    assert bare_project.jobs(*STYLE) == {"write_style": 1}
