"""One Chromium for the tests of a file."""

import pytest
from given.browser import chromium
from playwright.sync_api import sync_playwright


@pytest.fixture(scope="module")
def browser():
    program = chromium()
    with sync_playwright() as playwright:
        # Its own hinting squeezes letters onto each other, which no browser with windows does.
        opened = playwright.chromium.launch(executable_path=program, args=["--font-render-hinting=none"])
        yield opened
        opened.close()
