import base64
import struct
import zlib

import pytest
from given.pictures import SVG, jpeg, png, segment

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


def brought(tmp_path, name, content):
    """A picture as it comes into a report."""
    path = tmp_path / name
    path.write_bytes(content)
    assert picture_problem(path) is None
    return base64.b64decode(data_uri(path).partition(",")[2])


EXIF = segment(0xE1, b"Exif GPS 53.2 6.5")


@pytest.mark.parametrize(
    "written",
    [
        jpeg(behind=jpeg(b"Exif GPS 53.2 6.5")),
        jpeg(behind=b"GPS 53.2 6.5"),
        jpeg(inside=EXIF),
        jpeg(inside=segment(0xFE, b"GPS 53.2 6.5")),
        jpeg(inside=b"\xff" + EXIF),
        *(
            jpeg(inside=segment(kind, note))
            for kind, note in (
                (0xE0, b"JFXX\0\x10GPS"),
                (0xE2, b"MPF\0GPS"),
                (0xE2, b"FPXR\0GPS"),
                (0xEE, b"Adobe, GPS 53.2 6.5"),
                (0xED, b"Photoshop GPS"),
                (0xF8, b"GPS"),
            )
        ),
    ],
)
def test_what_a_camera_wrote_stays_out_wherever_it_stands(tmp_path, written):
    assert brought(tmp_path, "a.jpg", written) == jpeg()


def test_colours_and_the_size_of_points_stay_without_the_picture_before_it_was_cut(tmp_path):
    size = b"JFIF\0\1\1\0\0\1\0\1"
    needed = segment(0xE2, b"ICC_PROFILE\0colours") + segment(0xEE, b"Adobe\0\x64\0\0\0\0\1")
    written = jpeg(inside=segment(0xE0, size + b"\1\1GPS") + needed)
    assert brought(tmp_path, "a.jpg", written) == jpeg(inside=segment(0xE0, size + b"\0\0") + needed)


@pytest.mark.parametrize(
    "content",
    [jpeg()[:-2], jpeg()[:-40], jpeg(inside=b"\xff\xdb\0\1"), jpeg(inside=EXIF + b"\0\xff"), b"\xff\xd8\0\xff" + EXIF],
)
def test_a_jpeg_that_does_not_end_or_has_parts_that_are_none_is_refused(tmp_path, content):
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    assert picture_problem(path).startswith("is not what its name says")


def test_what_somebody_called_the_colours_of_a_png_stays_out(tmp_path):
    def colours(name):
        part = b"iCCP" + name + b"\0\0" + zlib.compress(b"colours")
        chunk = struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        return png()[:33] + chunk + png()[33:]

    assert brought(tmp_path, "a.png", colours(b"J. Jansen")) == colours(b"icc")


@pytest.mark.parametrize(("kind", "make"), [("png", png), ("jpeg", jpeg)])
def test_a_photograph_in_a_drawing_is_cleaned_as_any(tmp_path, kind, make):
    def drawing(content):
        data = base64.b64encode(content).decode()
        return SVG.replace("</svg>", f'<image href="data:image/{kind};base64,{data}"/></svg>').encode()

    assert brought(tmp_path, "a.svg", drawing(make(b"Exif GPS 53.2 6.5"))) == drawing(make())


@pytest.mark.parametrize("address", ["png,x", "png;base64,AAAA", "jpeg;base64,%", "png;base64,A", "png;charset=x,y"])
def test_what_is_no_photograph_in_a_drawing_is_refused(tmp_path, address):
    path = tmp_path / "a.svg"
    path.write_text(SVG.replace("</svg>", f'<image href="data:image/{address}"/></svg>'))
    assert picture_problem(path) == f"holds a picture in 'data:image/{address}' that is no PNG or JPEG; put it in again"


LAYERS = (
    'xmlns:i="http://www.inkscape.org/namespaces/inkscape" xmlns:s="http://www.serif.com/" '
    'xmlns:d="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
)


def test_what_a_program_wrote_in_a_drawing_beside_it_stays_out(tmp_path):
    link = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    notes = (
        '<d:namedview i:window-x="8">J. Jansen</d:namedview><g i:label="J. Jansen" s:id="J. Jansen" data-name="J"'
        ' d:role="line" xml:space="preserve" id="a"><text>een<!-- J. Jansen --> en<d:x/> twee</text></g>'
        '<use xlink:href="#a"/>'
    )
    given = SVG.replace("</svg>", f"{notes}</svg>").replace("<svg", f'<svg {LAYERS} {link} d:docname="jansen.svg"')
    kept = '<g xml:space="preserve" id="a"><text>een en twee</text></g><use xlink:href="#a"/>'
    came = brought(tmp_path, "a.svg", given.encode()).decode()
    assert came.replace(f" {link}", "") == SVG.replace("</svg>", f"{kept}</svg>") and link in came


@pytest.mark.parametrize(
    "attribute",
    ["id", "class", "i:label", "s:id", "data-name", "d:docname", "i:export-filename", "aria-label", "title"],
)
def test_the_names_of_parts_and_layers_are_read(tmp_path, attribute):
    path = tmp_path / "a.svg"
    for written, read in (("Jan_de_Vries", "Jan de Vries"), ("a_x40_b.nl", "a@b.nl"), ("image3fa90b path12", "path12")):
        path.write_text(SVG.replace("</svg>", f'<g {LAYERS} {attribute}="{written}"/></svg>'))
        assert words_of_picture(path) == read


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
        ('<a href="#a" ping="https://x.nl/"/>', "asks for 'https://x.nl/'"),
        ('<image srcset="https://x.nl/ 2x"/>', "asks for 'https://x.nl/ 2x'"),
        ("<style>@im<!-- a -->port 'x.css';</style>", "asks for '@import'"),
        ("<style>a { fill: u<g/>rl(x.svg) }</style>", "asks for 'x.svg'"),
        ('<meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh"/>', "holds <meta>"),
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
    assert words_of_picture(path) == "Bel 06 kop ; vak"
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
