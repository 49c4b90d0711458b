"""What is in a file of the results."""

import zipfile

import pandas as pd
import pypdf


def readable(path):
    """The bytes of a file, with what is packed inside it unpacked."""
    content = path.read_bytes()
    if path.suffix == ".parquet":
        frame = pd.read_parquet(path)
        content += frame.to_csv().encode() + str(frame.attrs).encode()
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as parts:
            content += b"".join(parts.read(name) for name in parts.namelist())
    elif path.suffix == ".pdf":
        content += b"".join(page.extract_text().encode() for page in pypdf.PdfReader(path).pages)
    return content
