import base64

import pytest
from given.pictures import SVG, jpeg, png

from effectstudie.shared.errors import InputError
from effectstudie.texts.pictures import LARGEST, data_uri, picture_problem, words_of_picture


@pytest.mark.parametrize(
    ("name", "content"), [("a.png", png()), ("a.jpg", jpeg()), ("a.JPEG", jpeg()), ("a.svg", SVG.encode())]
)
def test_a_picture_stands_whole_in_its_address(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert picture_problem(path) is None
    kind, _, data = data_uri(path).partition(";base64,")
    assert kind.startswith("data:image/") and base64.b64decode(data) == content


@pytest.mark.parametrize(("name", "make"), [("a.png", png), ("a.jpg", jpeg)])
def test_what_a_camera_wrote_stays_out_of_the_report(tmp_path, name, make):
    path = tmp_path / name
    path.write_bytes(make(b"Exif GPS 53.2 6.5"))
    assert picture_problem(path) is None
    assert base64.b64decode(data_uri(path).partition(",")[2]) == make()


def test_the_pictures_that_are_there_are_named(tmp_path):
    (tmp_path / "lijn.png").write_bytes(png())
    assert picture_problem(tmp_path / "lijm.png") == f"is not there; pictures in {tmp_path}: lijn.png"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.gif", b"GIF89a", "is no picture that a report can hold"),
        ("a.png", jpeg(), "is not what its name says"),
        ("a.png", png()[:-14], "is not what its name says"),
        ("a.jpg", b"\xff\xd8\xff", "is not what its name says"),
        ("a.png", png() + b"\0" * LARGEST, "is 1.5 MB; allowed: at most 1.5 MB"),
        ("a.svg", b"<svg", "is not valid SVG"),
        ("a.svg", b"<p/>", "is not valid SVG"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path, name, content, told):
    path = tmp_path / name
    path.write_bytes(content)
    assert picture_problem(path).startswith(told)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("<script>x()</script>", "holds <script>"),
        ("<foreignObject/>", "holds <foreignObject>"),
        ('<rect onclick="x()"/>', "holds onclick="),
        ('<image href="https://x.nl/a.png"/>', "asks for 'https://x.nl/a.png' outside itself"),
        ('<image xmlns:l="http://www.w3.org/1999/xlink" l:href="//x.nl/a.png"/>', "asks for '//x.nl/a.png'"),
        ('<a href="javascript:x()"/>', "asks for 'javascript:x()'"),
        ('<rect style="fill: url(https://x.nl)"/>', "asks for 'https://x.nl'"),
        ("<style>@import 'x.css';</style>", "asks for '@import'"),
        ("<style>a { fill: url('x.svg') }</style>", "asks for 'x.svg'"),
        ("<style>a { fill: URL( 'x.svg') }</style>", "asks for 'x.svg'"),
        ("<style>a { fill: u\\72l(x.svg) }</style>", "asks for 'x.svg'"),
        ("<style>@IMPORT 'x.css';</style>", "asks for '@import'"),
        ('<g xml:base="https://x.nl/"><use href="#a"/></g>', "asks for 'https://x.nl/'"),
        ('<video src="https://x.nl/"/>', "holds <video>"),
        ('<image src="https://x.nl/"/>', "asks for 'https://x.nl/'"),
    ],
)
def test_an_svg_runs_nothing_and_asks_for_nothing(tmp_path, part, told):
    path = tmp_path / "a.svg"
    path.write_text(SVG.replace("</svg>", f"{part}</svg>"))
    assert picture_problem(path).startswith(told)


def test_what_is_written_in_a_drawing_is_read(tmp_path):
    path = tmp_path / "a.svg"
    written = '<text>Bel <tspan>06</tspan></text><title>kop</title><rect aria-label="vak"/>'
    path.write_text(SVG.replace("</svg>", f"{written}</svg>"))
    assert words_of_picture(path).split() == ["Bel", "06", "kop", "vak"]
    assert words_of_picture(tmp_path / "a.png") == ""


def test_an_svg_may_use_its_own_parts_and_brings_no_other_files(tmp_path):
    path = tmp_path / "a.svg"
    path.write_text(SVG.replace("</svg>", '<use href="#a"/><rect fill="url(#b)"/></svg>'))
    assert picture_problem(path) is None
    path.write_text(f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{SVG}')
    assert picture_problem(path).startswith("holds <!ENTITY>")


def test_of_an_svg_the_drawing_alone_comes_into_the_report(tmp_path):
    path = tmp_path / "a.svg"
    notes = "<!-- by J. Jansen --><metadata>J. Jansen, 2026</metadata>"
    kind = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    path.write_text(f'<?xml version="1.0"?>\n{kind}\n{SVG.replace("<rect", f"{notes}<rect")}')
    assert picture_problem(path) is None
    assert base64.b64decode(data_uri(path).partition(",")[2]).decode() == SVG


def test_a_picture_that_was_replaced_since_it_was_looked_at_does_not_come_into_the_report(tmp_path):
    path = tmp_path / "a.svg"
    path.write_text(SVG)
    assert picture_problem(path) is None
    path.write_text(SVG.replace("</svg>", '<image href="https://x.nl/a.png"/></svg>'))
    with pytest.raises(InputError, match=r"a\.svg: asks for 'https://x\.nl/a\.png' outside itself"):
        data_uri(path)
    path.unlink()
    with pytest.raises(InputError, match=r"a\.svg: is not there"):
        data_uri(path)
