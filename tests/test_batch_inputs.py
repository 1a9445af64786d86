"""What a run reads: the exports of shops against what they hold, every kind of table, and tables that are broken."""

from __future__ import annotations

import json
import re
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from mglabel.batch.formats import record
from mglabel.batch.formats.delimited import Delimited
from mglabel.batch.inputs import Inputs, Reading
from mglabel.batch.items import FAILED, FILE, HTML, TEXT, Item
from mglabel.batch.layout import Columns
from mglabel.batch.work import Options, answers
from mglabel.tables import exports
from mglabel.values.errors import BadTable, MglabelError

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "batch"
GOOD = "Per 2 capsules: magnesium citrate 1500 mg, of which magnesium 240 mg (64 % NRV). 1 capsule twice a day."
OXIDE = "Per tablet: magnesium oxide 670 mg, of which magnesium 400 mg. Take 1 tablet daily."


def read(*paths: Path | str, **reading: Any) -> list[Item]:
    return list(Inputs([str(path) for path in paths], Reading(**reading)).items())


def answer(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(b"{" + answers([(item.kind, item.content)], Options())[0].rows[0])
    return found


def told(items: Sequence[Item]) -> list[tuple[str, str]]:
    """Ids with what failed, or the kind of what is to be read."""
    return [(item.id, item.reason or item.kind) for item in items]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "shopify.csv",
            [
                ("magnesium-citrate-capsules", HTML, "citrate", 240.0),
                ("magnesium-oxide-tablets", TEXT, "oxide", 400.0),
                ("bath-flakes", HTML, "chloride", None),
                ("linen-bag", TEXT, "", None),
            ],
        ),
        ("shopify-new.csv", [("magnesium-malate-powder", HTML, "malate", 200.0)]),
        ("woocommerce.csv", [("MG-GLY", HTML, "bisglycinate", 200.0), ("104", HTML, "carbonate", 240.0)]),
        ("woocommerce-de.csv", [("MG-CIT", TEXT, "citrate", 300.0)]),
        ("google.tsv", [("A-1", TEXT, "citrate", 240.0), ("A-2", TEXT, "oxide", 360.0)]),
        ("google.xml", [("A-1", TEXT, "citrate", 240.0), ("A-3", HTML, "taurate", 160.0)]),
        (
            "products.jsonld",
            [
                ("MG-1", TEXT, "citrate", 240.0),
                ("0000000000017", TEXT, "bisglycinate", 200.0),
                ("OX-250", TEXT, "oxide", 250.0),
                ("OX-400", TEXT, "oxide", 400.0),
            ],
        ),
        ("plain.jsonl", [("a", TEXT, "citrate", 240.0), ("b", TEXT, "", None), ("c", TEXT, "oxide", 375.0)]),
    ],
)
def test_exports_of_shops(file: str, expected: list[tuple[str, str, str, float | None]]) -> None:
    found = read(FIXTURES / file)
    rows = [answer(item) for item in found]
    assert [
        (item.id, item.kind, row["sources"] or "", row["elemental_mg_per_day_high"])
        for item, row in zip(found, rows, strict=True)
    ] == expected
    assert [row["elemental_mg_per_day_low"] for row in rows] == [mass for *_, mass in expected]


def test_a_google_feed_of_tabs_may_be_called_txt(tmp_path: Path) -> None:
    (tmp_path / "feed.txt").write_bytes((FIXTURES / "google.tsv").read_bytes())
    (tmp_path / "label.txt").write_text(f"Magnesium\tcitrate\n{GOOD}", encoding="utf-8")
    assert told(read(tmp_path)) == [("A-1", TEXT), ("A-2", TEXT), (f"{tmp_path}/label.txt", FILE)]


def test_the_same_table_in_every_format(tmp_path: Path) -> None:
    import openpyxl
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [{"no": 1, "label": GOOD}, {"no": 2, "label": OXIDE}, {"no": 3, "label": None}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "t.parquet")
    book = openpyxl.Workbook()
    for row in [["no", "label"], [1, GOOD], [2.0, OXIDE], [None, None], [3, None]]:
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    (tmp_path / "t.json").write_text(json.dumps(rows), encoding="utf-8")
    lines = "\n".join(f'{row["no"]};"{row["label"] or ""}"' for row in rows)
    (tmp_path / "t.csv").write_text(f"sep=;\nno;label\n{lines}\n\n;\n", encoding="utf-8")
    for suffix in ("parquet", "xlsx", "jsonl", "json", "csv"):
        found = read(tmp_path / f"t.{suffix}", columns=Columns("no", ("label",)))
        assert told(found) == [("1", TEXT), ("2", TEXT), ("3", "no-text")], suffix
        assert [item.content for item in found[:2]] == [GOOD, OXIDE], suffix


def test_a_text_column_is_read_unchanged_and_several_are_joined(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f'a,b,c\n"  {GOOD}\n",<p>x</p>,"<p>{OXIDE}</p>"\n', encoding="utf-8")
    assert read(path, columns=Columns(text=("a",)))[0].content == f"  {GOOD}\n"
    assert read(path, columns=Columns(text=("a", "b")))[0].content == f"  {GOOD}\n\n<p>x</p>"
    assert read(path, columns=Columns(html=("c",)))[0].kind == HTML


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (
            Columns(text=("descripton",)),
            "no column 'descripton'; did you mean 'Description'? The columns are: Nr, Descr",
        ),
        (Columns(html=("zzz",)), "no column 'zzz'. The columns are: Nr, Description"),
        (Columns("sku", ("description",)), "no column 'sku'"),
        (Columns(), "--text-column"),
    ],
)
def test_columns_that_are_missing_are_named(columns: Columns, said: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Nr,Description\n1,Magnesium\n", encoding="utf-8")
    with pytest.raises(MglabelError) as caught:
        read(path, columns=columns)
    assert said in str(caught.value)


def test_a_table_in_a_folder_that_nobody_described_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    (tmp_path / ".hidden").write_text("no", encoding="utf-8")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.txt").write_text(OXIDE, encoding="utf-8")
    found = told(read(tmp_path))
    assert found == [
        (f"{tmp_path}/a.txt", FILE),
        (f"{tmp_path}/b.csv", "unsupported-type"),
        (f"{tmp_path}/c/d.txt", FILE),
    ]


def test_patterns_and_what_is_not_there(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.pdf"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    assert [item.id for item in read(f"{tmp_path}/*.txt")] == [f"{tmp_path}/a.txt", f"{tmp_path}/b.txt"]
    for missing in ("*.docx", "missing.txt"):
        with pytest.raises(MglabelError, match="no such file"):
            read(tmp_path / missing)


def test_what_cannot_be_opened_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "locked").mkdir()
    real = __import__("os").listdir

    def listdir(path: Path) -> list[str]:
        if path.name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return list(real(path))

    monkeypatch.setattr("os.listdir", listdir)
    found = read(tmp_path)
    assert told(found) == [(f"{tmp_path}/gone.txt", "cannot-open"), (f"{tmp_path}/locked", "cannot-open")]
    assert found[1].content == "Permission denied"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Mælk og magnesium på dåse"),
        ("utf-8-sig", "Mælk og magnesium på dåse"),
        ("utf-16", "Mælk og magnesium på dåse"),
        ("utf-16-le", "Magnesium 200 mg pr. kapsel til søvn"),
        ("cp1252", "Én kapsel i døgnet før måltid, på tom mave"),
        ("cp1250", "1 kapsułka dziennie, przed posiłkiem; składniki: tlenek magnezu"),
        ("mac-roman", "Één tablet: gélule, complément alimentaire à base de magnésium, après le dîner"),
    ],
)
def test_encodings_are_told_by_their_content(encoding: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f"id,text\n1,{text.replace(',', ' ')}\n".encode(encoding))
    inputs = Inputs([str(path)])
    assert [item.content for item in inputs.items()] == [text.replace(",", " ")]
    assert bool(inputs.notes) == (not encoding.startswith("utf-8") and encoding != "utf-16")
    assert read(path, encoding=encoding)[0].content == text.replace(",", " ")


def test_rows_in_another_encoding_than_the_rest_are_told(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("id,text\n1,før måltid\n".encode() + "2,før måltid\n".encode("cp1252") + b"3,Magnesium\n")
    found = read(path)
    assert told(found) == [("1", TEXT), ("2", "damaged"), ("3", TEXT)]
    assert "encoding" in found[1].content
    with pytest.raises(MglabelError, match="latin-99"):
        read(path, encoding="latin-99")


def test_ragged_rows_are_told_and_no_other_row_is_touched(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,text,price\n1,ok,1\n2,cut\n3,a,b,c\n4,ok,1,,\n5,ok,1\n", encoding="utf-8")
    assert told(read(path)) == [("1", TEXT), ("2", "damaged"), ("3", "damaged"), ("4", TEXT), ("5", TEXT)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_quote_that_is_never_closed_costs_its_own_row(newline: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = ["id,text", '1,5" tin', '2,"two', 'lines"', '3,"never closed', "4,ok", '5,"ok"', '6,"again', "7,ok"]
    path.write_text(newline.join(rows) + newline, encoding="utf-8", newline="")
    found = told(read(path))
    assert found[:2] == [("1", TEXT), ("2", TEXT)]
    assert found[-2:] == [("6", "damaged"), ("7", TEXT)]
    path.write_text(newline.join([*rows[:4], *rows[5:]]) + newline, encoding="utf-8", newline="")
    assert [kind for _, kind in told(read(path))] == [TEXT] * 4 + ["damaged", TEXT]


def test_cells_without_end_take_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("id,text\n1,ok\n")
        stream.write('2,"' + ("magnesium, " * 1000 + "\n") * 9000 + '"\n')  # 100 MB in many lines
        stream.write("3,ok\n4,")
        stream.write("x" * 100_000_000 + "\n")  # and in one
        stream.write('5,"' + "y" * 30_000_000 + '"\n6,ok\n')
    tracemalloc.start()
    found = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert told(found) == [
        ("1", TEXT), ("2", "too-large"), ("3", TEXT), ("4", "too-large"), ("5", "too-large"), ("6", TEXT)
    ]  # fmt: skip
    assert peak < 100_000_000
    assert "4,000,000" in found[1].content


def test_lines_of_json_that_are_broken_or_without_end(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    lines = [b'{"id":1,"text":"ok"}', b"{", b"[1]", b'{"id":2,"text":"\xff"}', b'{"id":3}', b'{"id":4,"text":["a",5]}']
    path.write_bytes(b"\n".join([*lines, b'{"text":"' + b"x" * 9_000_000 + b'"}', b'{"id":5,"text":"ok"}', b""]))
    found = [item.reason or item.kind for item in read(path)]
    assert found == [TEXT, "damaged", "damaged", "damaged", "no-text", TEXT, "too-large", TEXT]


def test_a_table_that_breaks_off_ends_in_a_row_that_says_so(tmp_path: Path) -> None:
    feed = (FIXTURES / "google.xml").read_bytes()
    (tmp_path / "cut.xml").write_bytes(feed[: feed.index(b"A-3")])
    (tmp_path / "none.xml").write_bytes(b"no xml at all")
    (tmp_path / "none.parquet").write_bytes(b"PAR1 no parquet")
    (tmp_path / "none.xlsx").write_bytes(b"no workbook")
    (tmp_path / "none.json").write_bytes(b"{")
    assert told(read(tmp_path / "cut.xml")) == [("A-1", TEXT), (f"{tmp_path}/cut.xml#2", "damaged")]
    for name in ("none.xml", "none.parquet", "none.xlsx", "none.json"):
        assert told(read(tmp_path / name)) == [(f"{tmp_path}/{name}", "damaged")]


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "/etc/passwd">]>',
    ],
)
def test_a_feed_that_declares_entities_is_refused(declared: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xml"
    path.write_text(
        f"<?xml version='1.0'?>{declared}<r><item><id>1</id><title>&a;</title></item></r>", encoding="utf-8"
    )
    (found,) = read(path)
    assert (found.kind, found.reason) == (FAILED, "damaged")
    assert "entities" in found.content


def test_a_feed_with_an_endless_field_or_depth(tmp_path: Path) -> None:
    head, tail = "<rss><item><id>1</id><title>x</title><link>l</link><description>", "</description></item></rss>"
    (tmp_path / "long.xml").write_text(head + "x" * 9_000_000 + tail, encoding="utf-8")
    (tmp_path / "deep.xml").write_text(head + "<a>" * 500 + "</a>" * 500 + tail, encoding="utf-8")
    assert told(read(tmp_path / "long.xml")) == [("1", "too-large")]
    assert told(read(tmp_path / "deep.xml")) == [(f"{tmp_path}/deep.xml", "damaged")]


def test_a_huge_workbook_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.save(tmp_path / "t.xlsx")
    monkeypatch.setattr("mglabel.batch.formats.unpacking.MAX_UNPACKED_BYTES", 100)
    assert told(read(tmp_path / "t.xlsx")) == [(f"{tmp_path}/t.xlsx", "too-large")]


def test_many_rows_take_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("id,text\n")
        stream.writelines(f"{at},{GOOD!r}\n".replace(", of", " of") for at in range(10_000))
    tracemalloc.start()
    assert sum(1 for _ in Inputs([str(path)]).items()) == 10_000
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    tracemalloc.stop()


def test_weights_add_up_to_the_input(tmp_path: Path) -> None:
    for name in ("shopify.csv", "plain.jsonl", "google.xml"):
        inputs = Inputs([str(FIXTURES / name)])
        assert 0.5 < sum(item.weight for item in inputs.items()) / inputs.weight() <= 1.01, name


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('blank = ["title", "body"]', 'blank = ["titel"]'), "titel is not among its columns"),
        (('name = "plain"', 'name = "shopify"'), "id shopify comes 2 times"),
        (('"cp1250"', '"cp0"'), "cp0 is not known"),
        (("xml = [", "xlm = ["), "xml is missing"),
        (("lines = true", "line = true"), "line"),
        (('text = ["text"]\nhtml = []', "text = []\nhtml = []"), "no column of text or html"),
    ],
)
def test_faults_of_the_table_are_told(change: tuple[str, str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = exports.resource_text(exports.FILE)
    assert change[0] in text
    monkeypatch.setattr(exports, "resource_text", lambda _: text.replace(*change))
    with pytest.raises(BadTable, match=re.escape(said)):
        exports.exports.__wrapped__()


def test_a_record_knows_its_limit() -> None:
    assert record.checked(1, ["x" * (record.MAX_RECORD_CHARS + 1), "7"], 9)[1:4] == ((None, "7"), 9, "too-large")
    assert Delimited(FIXTURES / "google.tsv").delimiter == "\t"
