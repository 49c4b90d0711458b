import hashlib
import shutil
from pathlib import Path

import pytest

from effectstudie.running.place.container import Container, container_of
from effectstudie.shared.errors import EffectstudieError

DIGEST = hashlib.sha256(b"image").hexdigest()


@pytest.fixture
def image(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    image = tmp_path / "effectstudie.sif"
    image.write_bytes(b"image")
    return image


def test_an_image_is_known_by_what_is_in_it(image):
    container = container_of(str(image))
    assert container == Container("apptainer", f".snakemake/images/{DIGEST}.sif", f"sha256:{DIGEST}")
    assert Path(container.image).samefile(image) and container_of("effectstudie.sif") == container
    assert container.rscript == ("apptainer", "exec", container.image, "Rscript")


def test_other_bytes_in_the_same_place_are_another_image(image):
    before = container_of(str(image))
    image.write_bytes(b"a newer image")
    assert container_of(str(image)).image != before.image


def test_an_image_that_was_moved_is_found_where_it_is_now(image):
    container_of(str(image))
    moved = image.rename(image.with_name("moved.sif"))
    assert Path(container_of(str(moved)).image).samefile(moved)
    image.write_bytes(b"another image, where the first one was")
    assert Path(container_of(str(moved)).image).samefile(moved)


def test_singularity_will_do_where_there_is_no_apptainer(image, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: name == "singularity")
    assert container_of(str(image)).rscript[0] == "singularity"


def test_without_image_or_program_one_sentence_says_what_to_do(image, monkeypatch):
    with pytest.raises(EffectstudieError, match="container_image is null, and --sdm apptainer asks for an image; name"):
        container_of(None)
    with pytest.raises(EffectstudieError, match="container_image is lost.sif, and there is no such file"):
        container_of("lost.sif")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(EffectstudieError, match="needs the program apptainer, which is not installed here"):
        container_of(str(image))
    assert not Path(".snakemake").exists()


def test_jobs_see_what_is_named_and_there_and_what_was_asked_for_before(image):
    container = Container("apptainer", "image.sif", "sha256:0")
    given = {"APPTAINER_BIND": "/data:/data:ro", "HOME": "/root"}
    seen = container.variables([str(image), None, "lost", "effectstudie.sif"], given)
    assert seen["APPTAINER_BIND"] == f"/data:/data:ro,{image}"
    assert seen["APPTAINERENV_XDG_CACHE_HOME"] == str(image.with_name(".snakemake") / "cache")
    assert container.variables([str(image)], seen) == seen
    assert container.variables([], {})["APPTAINER_BIND"] == ""
