"""The reports in a real browser: headless Chromium driven by Selenium, looked over by axe-core.

Deselected by default; `.ci/browser` sets everything up and runs them. MGLABEL_AXE names axe.min.js.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import overview_rows
from mglabel import analyze, analyze_file
from mglabel.reports.overview.page import page as overview_page
from mglabel.reports.overview.rows import rows_of
from mglabel.tables.guide import default_guide
from report_pages import LABELS, label

pytestmark = pytest.mark.browser
PDF = Path(__file__).parents[1] / "fixtures" / "pdf" / "leaflet-dose-on-page-two-sv.pdf"
PHONE, DESK = (360, 740), (1200, 900)
MANY = 10_000
LONG = f"{'x' * 600_000} Magnesium oxide 670 mg, of which magnesium 400 mg. Take 1 tablet daily. {'y' * 300_000}"
HOST = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A product page</title><style>body{{color-scheme:light dark}}</style>
<main><h1>A product page</h1><div style="max-width:20rem">{gauge}</div>{summary}{again}
<script type="application/ld+json">{linked}</script></main></html>"""
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
).split()


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser that keeps a log of what it asks for and complains about."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.binary_location = shutil.which("chromium") or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    yield started
    started.quit()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page to look at, as a file."""
    folder = tmp_path_factory.mktemp("pages")
    found = analyze_file(PDF)
    markup = {name: label(name).to_html("da" if at % 2 else "en") for at, name in enumerate(LABELS)}
    markup["long"] = analyze(LONG).to_html()
    markup["pdf"] = found.to_html("da", PDF.read_bytes())
    markup["host"] = HOST.format(
        gauge=label("open").gauge_svg(),
        summary=label("open").summary_html(),
        again=label("hostile").gauge_svg() + label("hostile").summary_html("da"),
        linked=json.dumps(label("good").to_jsonld()),
    )
    markup["overview"] = "".join(overview_page(overview_rows.rows(), default_guide(), "da"))
    markup["overview-many"] = "".join(overview_page(rows_of(overview_rows.many(MANY)), default_guide()))
    markup["overview-none"] = "".join(overview_page([], default_guide()))
    for name, text in markup.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in markup}


NAMES = (*LABELS, "long", "pdf", "host", "overview", "overview-many", "overview-none")


def opened(driver: Any, page: Path, size: tuple[int, int] = DESK, dark: bool = False) -> list[str]:
    """Open a page in a window of a size; gives what went wrong and what was asked for outside of it."""
    width, height = size
    screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == PHONE}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    for kind in ("browser", "performance"):
        driver.get_log(kind)
    driver.get(page.as_uri())
    wrong = [entry["message"] for entry in driver.get_log("browser")]
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if url != page.as_uri() and not url.startswith("data:"):
                wrong.append(url)
    return wrong


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_asked_for_and_nothing_goes_wrong(name: str, driver: Any, pages: dict[str, Path]) -> None:
    assert opened(driver, pages[name]) == []
    assert driver.execute_script("return document.compatMode") == "CSS1Compat"


@pytest.mark.parametrize("name", NAMES)
def test_no_sideways_scrolling_on_a_phone(name: str, driver: Any, pages: dict[str, Path]) -> None:
    opened(driver, pages[name], PHONE)
    open_all = "for (const one of document.querySelectorAll('details')) one.open = true;"
    width = driver.execute_script(open_all + "return [document.documentElement.scrollWidth, window.innerWidth]")
    assert width == [360, 360]
    beyond = """return [...document.querySelectorAll('main *, header *')].filter(one => {
        const box = one.getBoundingClientRect(), style = getComputedStyle(one);
        return box.width > 1 && style.position !== 'fixed' && (box.right > innerWidth + 1 || box.left < -1);
    }).map(one => one.outerHTML.slice(0, 120))"""
    assert driver.execute_script(beyond) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(name: str, size: tuple[int, int], dark: bool, driver: Any, pages: dict[str, Path]) -> None:
    axe = Path(os.environ["MGLABEL_AXE"]).read_text(encoding="utf-8")
    opened(driver, pages[name], size, dark)
    driver.execute_script("for (const one of document.querySelectorAll('details')) one.open = true;")
    driver.execute_script(axe)
    run = "const done = arguments[arguments.length - 1]; axe.run().then(done, error => done(String(error)));"
    found = driver.execute_async_script(run)
    assert isinstance(found, dict), found
    said = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found["violations"]]
    assert said == []
    assert len(found["passes"]) > 8


def test_what_a_hostile_label_says_is_text(driver: Any, pages: dict[str, Path]) -> None:
    opened(driver, pages["hostile"])
    said = driver.execute_script("return document.querySelector('.label-text').textContent")
    for piece in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 7 * 7 }}", "</style></title>"):
        assert piece in said
    count = "return document.querySelectorAll('script, iframe, object, embed, form, img').length"
    assert driver.execute_script(count) == 0
    # What turns the direction of a label's text turns nothing around it.
    rights = "return [...document.querySelectorAll('.label-text, bdi')].map(one => getComputedStyle(one).unicodeBidi)"
    assert set(driver.execute_script(rights)) <= {"isolate", "plaintext", "isolate-override"}
    assert driver.execute_script("return getComputedStyle(document.querySelector('main')).direction") == "ltr"


def test_keys_alone_reach_every_mark_and_back(driver: Any, pages: dict[str, Path]) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(driver, pages["good"])
    body = driver.find_element("tag name", "body")
    body.send_keys(Keys.TAB)
    assert driver.switch_to.active_element.get_attribute("class") == "skip"
    seen = []
    for _ in range(80):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        active = driver.switch_to.active_element
        if "mark" in (active.get_attribute("class") or "").split():
            tip = "return getComputedStyle(document.activeElement.querySelector('.tip')).display"
            assert driver.execute_script(tip) == "grid"
            seen.append(active.get_attribute("href"))
            if len(seen) == 2:
                break
    assert len(seen) == 2
    driver.switch_to.active_element.send_keys(Keys.ENTER)
    note = driver.execute_script("return document.querySelector(':target').id")
    assert note.startswith("n")
    driver.execute_script("document.querySelector(':target a').click()")
    assert driver.execute_script("return document.querySelector(':target').id") == f"m{note[1:]}"


def test_boxes_lie_on_the_picture_of_their_page(driver: Any, pages: dict[str, Path]) -> None:
    opened(driver, pages["pdf"])
    fits = """return [...document.querySelectorAll('.sheet')].every(sheet => {
        const page = sheet.querySelector('img').getBoundingClientRect();
        const drawn = sheet.querySelector('svg').getBoundingClientRect();
        return sheet.querySelector('img').naturalWidth > 0 && Math.abs(page.width - drawn.width) < 1
            && Math.abs(page.height - drawn.height) < 1;
    })"""
    assert driver.execute_script(fits) is True


def test_a_long_line_is_laid_out_at_once(driver: Any, pages: dict[str, Path]) -> None:
    opened(driver, pages["long"], PHONE)
    assert driver.execute_script("return performance.getEntriesByType('navigation')[0].loadEventEnd") < 5_000


def test_paper_shows_what_is_folded_away(driver: Any, pages: dict[str, Path]) -> None:
    opened(driver, pages["good"])
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    seen = "return document.querySelector('.finding details p').checkVisibility()"
    height = "return document.querySelector('.finding details p').getBoundingClientRect().height"
    assert driver.execute_script(seen) is True
    assert driver.execute_script(height) > 0
    assert driver.execute_script("return getComputedStyle(document.querySelector('nav')).display") == "none"
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


SHOWN = "return [...document.querySelectorAll('#labels tbody tr')].filter(row => row.checkVisibility()).length"
FIRST = "return [...document.querySelectorAll('#labels tbody bdi')].map(one => one.textContent).slice(0, 6)"


def counted(driver: Any) -> str:
    said: str = driver.execute_script("return document.getElementById('count').textContent")
    return said.replace("\u202f", "")


def clicked(driver: Any, what: str) -> None:
    """Without scrolling there, which is smooth and takes its time."""
    driver.execute_script("document.querySelector(arguments[0]).click()", what)


def picked(driver: Any, by: str, value: str) -> None:
    from selenium.webdriver.support.ui import Select

    choice = Select(driver.find_element("css selector", f"[data-by={by}]"))
    choice.select_by_visible_text(next(one.text for one in choice.options if value in one.text))


def test_the_overview_sorts_by_keys_alone(driver: Any, pages: dict[str, Path]) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(driver, pages["overview-many"])
    heads = driver.find_elements("css selector", "#labels thead th")
    assert [head.get_attribute("aria-sort") for head in heads] == [None] * 5
    dose = heads[2].find_element("tag name", "button")
    for order, first in (("ascending", ["40", "20 to 40"]), ("descending", ["739", "369 to 739"])):
        dose.send_keys(Keys.ENTER)
        assert [head.get_attribute("aria-sort") for head in heads] == [None, None, order, None, None]
        said = driver.execute_script("return document.querySelector('#labels td[data-v]').firstChild.textContent")
        assert said in first
    heads[0].find_element("tag name", "button").send_keys(Keys.SPACE)
    names = ["Product 0", "P000000", "Product 1", "P000001", "Product 2", "P000002"]
    assert driver.execute_script(FIRST) == names  # and not Product 10


def test_what_is_not_known_is_sorted_last(driver: Any, pages: dict[str, Path]) -> None:
    opened(driver, pages["overview"])
    last = "return [...document.querySelectorAll('#labels tbody tr')].at(-1).cells[2].dataset.v === undefined"
    for _ in range(2):
        driver.execute_script("document.querySelectorAll('#labels thead button')[2].click()")
        assert driver.execute_script(last) is True


def test_the_overview_filters_and_says_how_many_are_left(driver: Any, pages: dict[str, Path]) -> None:
    opened(driver, pages["overview"])
    assert counted(driver) == "12 af 12 etiketter"
    assert driver.execute_script("return document.getElementById('count').getAttribute('role')") == "status"
    picked(driver, "status", "Ikke læst")
    assert (counted(driver), driver.execute_script(SHOWN)) == ("2 af 12 etiketter", 2)
    clicked(driver, "#clear")
    picked(driver, "finding", "MG203")
    assert counted(driver) == "1 af 12 etiketter"
    clicked(driver, "#clear")
    picked(driver, "limit", "over grænsen, måske langt")
    assert counted(driver) == "1 af 12 etiketter"
    clicked(driver, "#clear")
    assert counted(driver) == "12 af 12 etiketter"
    words = driver.find_element("id", "words")
    words.send_keys("MAGNESIUMOXID mg202")
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(driver, 5).until(lambda _: counted(driver) == "2 af 12 etiketter")
    clicked(driver, ".tile.fine a")
    assert words.get_attribute("value") == ""
    assert counted(driver) == "2 af 12 etiketter"
    assert driver.execute_script("return document.querySelector('[data-by=status]').value") == "Ingen indvendinger"


def test_ten_thousand_rows_are_quick_and_more_can_be_shown(driver: Any, pages: dict[str, Path]) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(driver, pages["overview-many"])
    # Ten times what a busy machine took.
    assert driver.execute_script("return performance.getEntriesByType('navigation')[0].loadEventEnd") < 5_000
    assert counted(driver) == "10000 of 10000 labels"
    assert driver.execute_script(SHOWN) == 250
    driver.find_element("id", "more").send_keys(Keys.ENTER)
    assert driver.execute_script(SHOWN) == 1250
    took = """const begun = performance.now(); document.querySelector('#labels thead button').click();
        document.body.offsetHeight; return performance.now() - begun"""
    assert driver.execute_script(took) < 2_000


def test_without_its_script_the_overview_is_all_there(driver: Any, pages: dict[str, Path]) -> None:
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        assert opened(driver, pages["overview"]) == []
        # The driver's own questions need no script of the page.
        rows = driver.find_elements("css selector", "#labels tbody tr")
        assert len(rows) == 12
        assert all(row.is_displayed() for row in rows)
        assert not driver.find_element("id", "filters").is_displayed()
        assert driver.find_elements("css selector", "#labels button") == []
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_hostile_rows_are_text_and_run_nothing(driver: Any, pages: dict[str, Path]) -> None:
    opened(driver, pages["overview"])
    said = driver.execute_script("return document.getElementById('labels').textContent")
    for piece in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 7 * 7 }}", "</table></style>"):
        assert piece in said
    count = "return [document.scripts.length, document.querySelectorAll('iframe, object, embed, form, img').length]"
    assert driver.execute_script(count) == [2, 0]
    far = "return [...document.querySelectorAll('#labels a')].every(one => one.href.startsWith('file:'))"
    assert driver.execute_script(far) is True
    # No other script could run, were there one.
    driver.execute_script(
        "const one = document.createElement('script'); one.text = 'window.ran = 1'; document.body.append(one)"
    )
    assert driver.execute_script("return window.ran === undefined") is True


def test_on_paper_the_overview_has_every_row_and_no_controls(driver: Any, pages: dict[str, Path]) -> None:
    opened(driver, pages["overview-many"])
    driver.execute_script("dispatchEvent(new Event('beforeprint'))")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert driver.execute_script("return document.getElementById('labels').tBodies[0].rows.length") == MANY
    assert not driver.find_element("id", "filters").is_displayed()
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    driver.execute_script("dispatchEvent(new Event('afterprint'))")
    assert driver.execute_script(SHOWN) == 250
