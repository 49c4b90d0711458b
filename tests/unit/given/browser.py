"""A page in Chromium: what it says and asks for meanwhile, and what axe-core finds."""

import shutil
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

SIZES = {"phone": (360, 800), "desk": (1280, 900)}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
ALIKE = "tbody tr:nth-child(n+6)"  # the rows above stand for these; of hundreds axe-core makes half a minute


@dataclass
class View:
    """A page as opened at one size, with what the browser said and asked for meanwhile."""

    page: Page
    name: str
    size: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def open_page(browser: Browser, address: str, name: str, size: str, scripts: bool = True) -> View:
    """The page at `address`, opened at one of SIZES; `scripts` False: in a browser that runs none."""
    width, height = SIZES[size]
    phone = size == "phone"
    look = {"viewport": {"width": width, "height": height}, "is_mobile": phone, "has_touch": phone}
    context = browser.new_context(**look, java_script_enabled=scripts)
    view = View(context.new_page(), name, size)
    view.page.on("console", lambda message: view.complaints.append(f"{message.type}: {message.text}"))
    view.page.on("pageerror", lambda error: view.complaints.append(str(error)))
    view.page.on("requestfailed", lambda request: view.complaints.append(f"failed: {request.url[:200]}"))
    view.page.on("request", lambda request: view.requests.append(request.url))
    view.page.goto(address)
    return view


def chromium() -> str:
    """The program; a test without it fails."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        pytest.fail("There is no Chromium to open the pages with; `make test` installs it.", pytrace=False)
    return program


def violations(page: Page) -> list[str]:
    """What axe-core finds, as rule and place."""
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = Axe().run(page, context={"exclude": [[ALIKE]]}, options=options).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def width_of_contents(page: Page) -> int:
    """Of all that the page holds; a phone zooms out over what is too wide, so its own width says nothing."""
    return page.evaluate("document.scrollingElement.scrollWidth")
