"""A bag on disk, one bit of it turned over, and one that is right in itself whatever its names are."""

from hashlib import sha256


def bagged(payload, info=None):
    """The files of a bag, also with paths that `members` refuses to make: every checksum of it is right."""
    files = {f"data/{path}": payload[path] for path in sorted(payload)}
    size = f"Payload-Oxum: {sum(map(len, files.values()))}.{len(files)}\n".encode()
    told = b"".join(line for line in (info or b"").splitlines(keepends=True) if not line.startswith(b"Payload"))
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": told + size,
        "manifest-sha256.txt": manifest(files),
    }
    return {**tags, "tagmanifest-sha256.txt": manifest(tags), **files}


def manifest(files):
    lines = (f"{sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return "".join(lines).encode("utf-8", "surrogatepass")


def unpacked(files, folder):
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def flipped(content, place, bit):
    return content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]
