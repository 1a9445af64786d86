"""The machine formats against the published schemas, and every place in them against the file it stands in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

import golden
from mglabel import analyze, analyze_catalogue, analyze_file, analyze_html
from mglabel.reports.machine.annotations import workflow_commands
from mglabel.reports.machine.checked import CheckedFile, Lines, uri_of
from mglabel.reports.machine.jsonld import as_json, to_jsonld
from mglabel.reports.machine.sarif import sarif
from mglabel.tables.messages import codes
from report_pages import LABELS, label

SCHEMAS = Path(__file__).with_name("schemas")
PDF = Path(__file__).parents[1] / "fixtures" / "pdf" / "leaflet-dose-on-page-two-sv.pdf"
VALIDATOR = Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8")))
VOCABULARY = json.loads((SCHEMAS / "schema_org.json").read_text(encoding="utf-8"))
LITERALS: dict[str, Any] = {"Text": str, "Number": (int, float), "Boolean": bool, "URL": str}
SUBTYPES = {"RecommendedDoseSchedule": "DoseSchedule", "MaximumDoseSchedule": "DoseSchedule"}
COMMAND = re.compile(r"::(error|warning|notice) ([^\n\r]*?)::([^\n\r]*)")


def check_linked(found: dict[str, Any]) -> None:
    """Every property is one of its type, and every value of a type that the vocabulary expects there."""
    properties = VOCABULARY[found["@type"]]
    for name, value in found.items():
        if name.startswith("@"):
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                assert {one["@type"], SUBTYPES.get(one["@type"])} & set(properties[name]), (name, one)
                check_linked(one)
            else:
                assert any(isinstance(one, LITERALS.get(kind, ())) for kind in properties[name]), (name, one)


@pytest.mark.parametrize("lang", ["en", "da"])
@pytest.mark.parametrize("name", LABELS)
def test_linked_data_keeps_to_the_vocabulary(name: str, lang: str) -> None:
    found = label(name).to_jsonld(lang)
    assert found["@context"] == "https://schema.org"
    check_linked(found)
    assert json.loads(as_json(found)) == found


def test_linked_data_holds_what_the_label_supports() -> None:
    golden.check("good.jsonld", as_json(label("good").to_jsonld()))
    good = label("good").to_jsonld()
    assert good["recommendedIntake"]["doseValue"] == 1
    assert good["maximumIntake"]["doseValue"] == 2
    assert "kidney disease" in good["safetyConsideration"]
    assert good["additionalProperty"] == [
        {"name": "Elemental magnesium per day", "@type": "PropertyValue", "value": 240, "unitCode": "MGM"}
    ]


def test_linked_data_gives_no_middle_of_what_is_open_and_nothing_that_is_not_said() -> None:
    wide = label("open").to_jsonld()
    assert "doseValue" not in wide["recommendedIntake"]
    assert wide["recommendedIntake"]["description"] == "1 to 2 tablets, daily"
    (day,) = wide["additionalProperty"]
    assert "value" not in day
    assert day["minValue"] < day["maxValue"]
    assert not {"maximumIntake", "safetyConsideration"} & wide.keys()
    assert label("no-dose").to_jsonld()["additionalProperty"][0]["name"] == "Elemental magnesium per tablet"
    assert label("none").to_jsonld().keys() == {"@context", "@type"}
    assert label("several").to_jsonld().keys() <= {"@context", "@type", "name"}
    assert label("medicine").to_jsonld()["@type"] == "Drug"
    assert label("topical").to_jsonld()["@type"] == "Product"


@given(st.text(max_size=200))
def test_linked_data_cannot_leave_its_script_element(text: str) -> None:
    found = to_jsonld(analyze(f"</script><!--{text}. Magnesium oxide 100 mg. 1 tablet daily. Warning: kidney {text}"))
    check_linked(found)
    said = as_json(found)
    said.encode()
    assert not re.search("[<>&\u2028\u2029]", said)


def checked(name: str) -> CheckedFile:
    return CheckedFile(f"labels/{name}.txt", [label(name)])


@pytest.mark.parametrize("lang", ["en", "da"])
def test_the_log_keeps_to_the_schema(lang: str) -> None:
    files = [checked(name) for name in LABELS]
    files.append(CheckedFile(str(PDF), [analyze_file(PDF)]))
    files.append(CheckedFile("page.html", [analyze_html("<p>Magnesium oxide 100 mg per tablet.</p><p>1 tablet daily")]))
    files.append(CheckedFile("bro ken#1?.pdf", failure="the file is empty; ask for it again"))
    log = sarif(files, lang)
    VALIDATOR.validate(log)
    json.dumps(log, ensure_ascii=False).encode()
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(codes())
    assert all(run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    assert len(run["results"]) == sum(len(one.findings) for file in files for one in file.analyses)
    assert run["invocations"][0]["executionSuccessful"] is False
    for result in run["results"]:
        for place in result["locations"]:
            artifact = place["physicalLocation"]["artifactLocation"]
            assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]
    pages = [
        p["properties"]["page"] for r in run["results"] for p in r["locations"] if "page" in p.get("properties", {})
    ]
    assert {2} <= set(pages)
    assert any("logicalLocations" in place for result in run["results"] for place in result["locations"])


def test_the_schema_refuses_what_is_no_log() -> None:
    assert not VALIDATOR.is_valid({"version": "2.1.0", "runs": [{"tool": {}}]})
    VALIDATOR.validate(sarif([]))


def test_levels_follow_severity() -> None:
    file = checked("contradiction")
    levels = {r["properties"]["severity"]: r["level"] for r in sarif([file])["runs"][0]["results"]}
    assert levels.items() <= {"error": "error", "warning": "warning", "advice": "note", "info": "note"}.items()
    assert "error" in levels


@given(st.text(alphabet="a\U0001f48a\r\n\u0308 ", max_size=40), st.text(alphabet="b\r\n\u2028", max_size=20))
def test_places_are_those_of_the_file(before: str, after: str) -> None:
    text = f"{before}\nMagnesium oxide 100 mg per tablet.{after}Take 1 tablet daily."
    lines = re.split("\r\n|\r|\n", text)
    found = analyze(text)
    for result, finding in zip(sarif([CheckedFile("a", [found])])["runs"][0]["results"], found.findings, strict=True):
        for place, piece in zip(result["locations"], finding.evidence, strict=False):
            region = place["physicalLocation"]["region"]
            assert region["charOffset"] == piece.start
            assert region["charLength"] == piece.end - piece.start
            first = lines[region["startLine"] - 1][region["startColumn"] - 1 :]
            assert first.startswith(re.split("[\r\n]", piece.text)[0])
            assert lines[region["endLine"] - 1][: region["endColumn"] - 1].endswith(re.split("[\r\n]", piece.text)[-1])


def test_products_of_a_catalogue_have_their_places_in_the_file() -> None:
    text = LABELS["several"]
    products = analyze_catalogue(text.encode())
    log = sarif([CheckedFile("range.txt", products, whole=text)])
    VALIDATOR.validate(log)
    pieces = [piece for product in products for finding in product.findings for piece in finding.evidence]
    regions = [
        p["physicalLocation"]["region"] for r in log["runs"][0]["results"] for p in r["locations"]
        if "region" in p["physicalLocation"]
    ]  # fmt: skip
    assert [text[r["charOffset"] : r["charOffset"] + r["charLength"]] for r in regions] == [p.text for p in pieces]
    # Without the whole text nobody can tell where they stand.
    blind = sarif([CheckedFile("range.txt", products)])["runs"][0]["results"]
    assert not any("region" in p["physicalLocation"] for r in blind for p in r["locations"])


@given(st.text(max_size=30), st.text(max_size=30))
def test_commands_are_one_line_each_and_can_be_read_back(name: str, text: str) -> None:
    file = CheckedFile(name or "-", [analyze(f"{text}\nMagnesium oxide 100 mg. Take 1 tablet daily.\n{text}")])
    for line in workflow_commands(file):
        line.encode()
        found = COMMAND.fullmatch(line)
        assert found is not None
        pairs = dict(pair.split("=", 1) for pair in found[2].split(","))
        assert pairs.keys() <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert not re.search("[\r\n:,]", pairs["file"])
        assert unquote(pairs["title"], errors="strict").startswith("MG")


def test_commands_escape_what_would_end_them() -> None:
    (line,) = workflow_commands(CheckedFile("a,b:c%\n.txt", failure="no\r\nway :: 100 %, ever"))
    assert line == "::error file=a%2Cb%3Ac%25%0A.txt::The file could not be read: no%0Away :: 100 %25, ever"


def test_commands_for_files_without_lines_name_the_file_alone() -> None:
    lines = list(workflow_commands(CheckedFile("leaflet.pdf", [analyze_file(PDF)])))
    assert lines
    assert all(re.match(r"::\w+ file=leaflet\.pdf,title=MG", line) for line in lines)


@pytest.mark.parametrize("text", ["", "a", "a\nb", "a\r\nb\r", "\n\n"])
def test_lines_are_counted_as_editors_do(text: str) -> None:
    place = Lines(text).place(len(text), len(text))
    assert place.line == len(re.split("\r\n|\r|\n", text))


def test_paths_as_references() -> None:
    assert uri_of("/a b/c.txt") == "file:///a%20b/c.txt"
    assert uri_of("c:odd/../d?.txt") == "c%3Aodd/../d%3F.txt"
    assert uri_of("\udcff.txt") == "%FF.txt"
