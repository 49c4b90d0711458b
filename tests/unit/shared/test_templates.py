"""A page holds all that it shows."""

import pytest

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.templates import environment, outside


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ('<img src="http://x.nl/a.png">', "<img src=http://x.nl/a.png>"),
        ('<img src="a.png">', "<img src=a.png>"),
        ('<img srcset="//x.nl/a.png 2x" src="data:image/png;base64,">', "<img srcset=//x.nl/a.png 2x>"),
        ('<link rel="stylesheet" href="data:text/css,x">', "<link href=data:text/css,x>"),
        ('<svg><image xlink:href="file:///etc/passwd"/></svg>', "<image href=file:///etc/passwd>"),
        ("<style>a { background: URL( 'x.png') }</style>", "x.png"),
        ("<style>a { background: u\\72l(x.png) }</style>", "x.png"),
        ('<p style="background: image-set(&quot;x.png&quot; 1x)">', "x.png"),
        ("<style>@import 'x.css';</style>", "@import"),
        ('<a href="#a" ping="http://x.nl">a</a>', "<a ping=http://x.nl>"),
        ('<p onclick="x()">a</p>', "<p onclick>"),
        ("<script>x()</script>", "<script>"),
        ('<iframe srcdoc="x"></iframe>', "<iframe>"),
        ('<meta http-equiv="refresh" content="0; http://x.nl">', "<meta>"),
        ('<base href="http://x.nl/">', "<base>"),
        ('<video poster="x.png"></video>', "<video poster=x.png>"),
        ('<img srcset="data:image/png,x 1x, x.png 2x">', "<img srcset=data:image/png,x 1x, x.png 2x>"),
        ('<img srcset="#a,, x.png">', "<img srcset=#a,, x.png>"),
        ('<link rel="preload" href="#" imagesrcset="#a, x.png 2x">', "<link imagesrcset=#a, x.png 2x>"),
        ('<table background="x.png"></table>', "<table background=x.png>"),
        ('<button formaction="x">a</button>', "<button formaction=x>"),
        ("<style>a { background: \\000075rl(x.png) }</style>", "x.png"),
        ("<style>a { background: u\\\nrl(x.png) }</style>", "x.png"),
        ("<style>a { background: \\110000 \\0 url(x.png) }</style>", "x.png"),
        ("<style>a { background: image-set('#a' 1x, 'x.png' 2x) }</style>", "x.png"),
        ("<style>a { background: image-set(url('#a)') 1x, \"x.png\" type('image/png') 2x) }</style>", "x.png"),
        ("<style>a { background: -webkit-image-set(url(#a) 1x, url( x.png) 2x) }</style>", "x.png"),
        ("<style>a { background: cross-fade(url(#a), 'x.png') }</style>", "x.png"),
        ("<svg><rect fill='url(x.svg#a)'/></svg>", "x.svg#a"),
        ("<svg><rect clip-path='url(x.svg#a)'/></svg>", "x.svg#a"),
        ("<svg><animate attributeName='href' to='x.svg'/></svg>", "<animate attributename=href>"),
        ("<svg><set attributeName='xlink:href' to='x.svg'/></svg>", "<set attributename=xlink:href>"),
    ],
)
def test_what_a_page_would_load_is_found_and_the_page_is_not_made(tmp_path, part, told):
    assert next(outside(f"<html><body>{part}</body></html>")) == told
    (tmp_path / "page.html.j2").write_text(f"<html><body>{part}{{{{ words }}}}</body></html>")
    with pytest.raises(EffectstudieError) as error:
        environment(tmp_path).get_template("page.html.j2").render(words="")
    assert str(error.value).startswith(f"{tmp_path}/page.html.j2: the page asks for {told} outside itself")


def test_what_is_inside_a_page_and_where_its_links_lead_is_no_loading(tmp_path):
    page = (
        '<html><head><style>a { fill: url(#a); src: url(data:font/woff2;base64,AA) }</style></head><body id="a">'
        '<a href="https://x.nl">a</a><a href="other.html">b</a><img src="data:image/png;base64,AA"><!-- src="x" -->'
        '<svg><use href="#a"/><rect fill="url(#a)"/><animate attributeName="opacity" to="1"/></svg>'
        '<img srcset="data:image/png,x 1x, data:image/png;base64,AA 2x">'
        "<style>a { background: image-set('#a' type('image/png') 1x, url(data:image/png,x) 2x); content: 'x(' }</style>"
        "{{ words }}</body></html>"
    )
    (tmp_path / "page.html.j2").write_text(page)
    made = environment(tmp_path).get_template("page.html.j2").render(words='<img src="http://x.nl">')
    assert list(outside(made)) == [] and "&lt;img" in made


def test_a_plain_text_is_no_page(tmp_path):
    (tmp_path / "read.txt.j2").write_text("<img src=x> {{ name }}")
    assert environment(tmp_path, escape=False).get_template("read.txt.j2").render(name="<a>") == "<img src=x> <a>"
