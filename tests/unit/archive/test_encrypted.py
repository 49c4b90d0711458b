"""Raw exports leave the institute for the owner of one key, or not at all."""

import io
import tarfile

import pyrage
import pytest

from effectstudie.archive.encrypted import encrypted
from effectstudie.shared.errors import ConfigError


@pytest.fixture
def paths(tmp_path):
    files = {"T0_jeugd.csv": b"kind_id\nDEMO-H0001-K1\n", "corrections.csv": b"file\n"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in files]


def test_the_owner_of_the_key_gets_the_exports_back(paths):
    owner = pyrage.x25519.Identity.generate()
    content = encrypted(paths, str(owner.to_public()))
    assert b"DEMO" not in content and b"T0_jeugd" not in content
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(content, [owner]))) as file:
        assert {path.name: path.read_bytes() for path in paths} == {
            name: file.extractfile(name).read() for name in file.getnames()
        }


def test_nobody_else_does(paths):
    content = encrypted(paths, str(pyrage.x25519.Identity.generate().to_public()))
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(content, [pyrage.x25519.Identity.generate()])


def test_a_mistyped_recipient_is_one_sentence(paths):
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    wrong = recipient[:-1] + ("q" if recipient[-1] != "q" else "p")
    with pytest.raises(ConfigError) as error:
        encrypted(paths, wrong)
    assert str(error.value) == (
        f"config/config.yaml: key archive.recipient is {wrong}, which is no public key of age; copy it again."
    )
