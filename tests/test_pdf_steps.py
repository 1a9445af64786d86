"""Each step from the glyphs of a page to its text, on glyphs set by hand and on pages made for one question."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from mglabel.documents.document import Document
from mglabel.documents.pdf.columns import in_reading_order
from mglabel.documents.pdf.failures import cause_of, failure
from mglabel.documents.pdf.glyphs import UNMAPPED, Glyph, once_each, overprinted, readable
from mglabel.documents.pdf.heads import heads_joined
from mglabel.documents.pdf.lines import lines_of
from mglabel.documents.pdf.reader import read_pdf
from mglabel.documents.pdf.rows import whole_rows
from mglabel.documents.pdf.skim import worth_reading
from mglabel.documents.pdf.turning import direction_of
from mglabel.documents.pdf.words import Segment, Table, segments_of
from mglabel.documents.pdf.wraps import gaps_closed, wraps_joined
from mglabel.documents.pdf.writing import PageWriter
from mglabel.values.errors import UnreadableDocument
from setting import Setter, a_segment, set_rows, texts
from small_pdfs import (
    CATALOG,
    CONTENT,
    FONT,
    LETTERS,
    PAGE,
    PAGES,
    many_pages,
    one_page,
    packed,
    page_of,
    pdf,
    stream,
    text_at,
)


def about_magnesium(text: str) -> bool:
    return "magnesium" in text.casefold()


def document(objects: dict[int, bytes], **options: Any) -> Document:
    return read_pdf(pdf(objects), about_magnesium, **options)


def reason(data: bytes, **options: Any) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_pdf(data, about_magnesium, **options)
    return caught.value.reason


def codes(document: Document) -> list[str]:
    return [trouble.code for trouble in document.troubles]


# -- glyphs ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a", "a"), ("ﬁ", "fi"), ("ﬄ", "ffl"), ("(cid:7)", UNMAPPED), ("\ue123", UNMAPPED), ("\x00", ""), ("\x9f", ""),
        ("\u00a0", "\u00a0"), ("\ufffe", ""), ("f\x00i", "fi"), ("µ", "µ"), ("²", "²"), ("", ""),
    ],
)  # fmt: skip
def test_glyphs_give_readable_characters(given: str, expected: str) -> None:
    assert readable(given) == expected


def test_fake_bold_counts_once_but_double_letters_stay() -> None:
    page = Setter()
    for shift in (0, 0.4, 0.8):
        page.text("Bittersalt 88 mg", 50 + shift)
    kept = Setter()
    kept.glyphs = once_each(page.glyphs)
    assert kept.lines == ["Bittersalt88mg"]


def test_glyphs_of_another_size_or_letter_are_not_the_same() -> None:
    page = Setter()
    page.text("1", 50)
    page.text("7", 50)
    page.text("1", 52)
    assert len(once_each(page.glyphs)) == 3


def test_blanks_are_all_kept() -> None:
    page = Setter()
    page.text("a b", blanks=True)
    page.text("a b", blanks=True)
    assert [glyph.text for glyph in once_each(page.glyphs)] == ["a", " ", "b", " "]


def test_other_glyphs_in_the_same_place_are_overprinted() -> None:
    page = Setter()
    page.text("350 mg")
    assert overprinted(page.glyphs) == []
    page.text("420 mg", 50.5)
    assert "".join(glyph.text for glyph in overprinted(page.glyphs)) == "42"


def test_accents_and_glyphs_side_by_side_are_not_overprinted() -> None:
    page = Setter()
    page.text("hoo")
    page.glyph("\u02c7", 50, 55, 98, 10)
    assert overprinted(page.glyphs) == []
    assert overprinted([]) == []


# -- lines -------------------------------------------------------------------------------------------------------------


def test_lines_go_by_the_baseline_and_not_by_the_drawing() -> None:
    page = Setter()
    page.text("second", y=114)
    page.text("rst", 65, 100.5)
    page.text("fi", 55, 99.8)
    assert page.lines == ["first", "second"]


def test_tight_lines_of_small_type_stay_apart() -> None:
    page = Setter()
    for at in range(3):
        page.text(f"line{at}", y=100 + at * 4.2, size=4)
    assert page.lines == ["line0", "line1", "line2"]


@pytest.mark.parametrize(
    ("rise", "size", "mark", "expected"),
    [
        (4, 6, "1", "375mg¹"),
        (3.3, 5.8, "23", "375mg²³"),
        (-2, 6, "2", "375mg₂"),
        (4, 6, "*", "375mg*"),
        (0, 10, "1", "375mg1"),
    ],
)
def test_raised_and_lowered_digits_are_marked(rise: float, size: float, mark: str, expected: str) -> None:
    page = Setter()
    end = page.text("375 mg")
    page.text(mark, end, 100 - rise, size)
    page.text("next line", y=118)
    assert page.lines == [expected, "nextline"]


def test_a_mark_before_its_word_goes_into_the_line() -> None:
    page = Setter()
    page.text("1", 46, 96, 6)
    page.text("from oxide", 50)
    assert page.lines == ["¹fromoxide"]


def test_small_type_far_off_is_a_line_of_its_own() -> None:
    page = Setter()
    end = page.text("Magnesium")
    page.text("375", end + 40, 96, 6)
    assert page.lines == ["375", "Magnesium"]


@pytest.mark.parametrize(("accent", "letter", "whole"), [("´", "e", "é"), ("\u02c7", "r", "ř"), ("\u0308", "a", "ä")])
def test_accents_drawn_on_letters_become_one_with_them(accent: str, letter: str, whole: str) -> None:
    for order in (1, -1):
        page = Setter()
        for text in (letter, accent)[::order]:
            page.glyph(text, 50 if text == letter else 50.5, 55, 100, 10)
        page.glyph("x", 55, 60, 100, 10)
        assert page.lines == [whole + "x"]


# -- words and segments ------------------------------------------------------------------------------------------------


def test_gaps_part_words_with_blanks_and_without() -> None:
    for blanks in (True, False):
        page = Setter()
        page.text("Magnesium 300 mg", blanks=blanks)
        assert texts(page.read) == [["Magnesium 300 mg"]]


def test_a_wide_gap_parts_segments() -> None:
    assert texts(set_rows([["Magnesium", "300 mg", "80 %"]], [50, 200, 300])) == [["Magnesium", "300 mg", "80 %"]]


@pytest.mark.parametrize("leader", ["......", "·····", "____", "…………"])
def test_leaders_part_a_name_from_its_amount_and_are_gone(leader: str) -> None:
    page = Setter()
    page.text(f"Magnesium{leader}300 mg")
    page.text(f"Zinc {leader} 10 mg", y=120)
    page.text("and so on...", y=140)
    assert texts(page.read) == [["Magnesium", "300 mg"], ["Zinc", "10 mg"], ["and so on..."]]


def test_letters_set_wide_become_words() -> None:
    page = Setter()
    end = page.text("MAGNESIUM", track=4)
    page.text("MALATE", end + 3, track=4)
    assert texts(page.read) == [["MAGNESIUM MALATE"]]


def test_single_letters_and_digits_apart_stay_apart() -> None:
    assert texts(set_rows([["a b c"], ["1 2 3 4 5"]], [50])) == [["a b c"], ["1 2 3 4 5"]]


def test_numbers_and_units_of_one_letter_are_no_words_set_wide() -> None:
    assert texts(set_rows([["1 g 5 g 1 g"]], [50])) == [["1 g 5 g 1 g"]]


def test_a_footnote_letter_parts_from_its_word() -> None:
    page = Setter()
    end = page.text("NRV")
    page.text("a", end, 96, 6)
    assert texts(page.read) == [["NRV a"]]


def test_a_ligature_keeps_one_glyph_a_character() -> None:
    page = Setter()
    page.glyph("ffi", 50, 55, 100, 10)
    page.glyph("x", 55, 60, 100, 10)
    word = page.read[0][0].words[0]
    assert (word.text, len(word.glyphs)) == ("ffix", 4)


# -- columns -----------------------------------------------------------------------------------------------------------

LEFT = ["Magnesium is a mineral that", "the body needs every day for", "many things such as muscles", "and nerves too"]
RIGHT = ["Take two tablets with water", "after a meal and keep the pack", "out of reach of children", "in a dry place"]


def two_columns(by_row: bool) -> list[list[list[str]]]:
    page = Setter()
    if by_row:
        page.rows(list(zip(LEFT, RIGHT, strict=True)), [50, 250])
    else:
        page.rows([[line] for line in LEFT], [50])
        page.rows([[line] for line in RIGHT], [250])
    return [texts(block) for block in in_reading_order(page.read)]


@pytest.mark.parametrize("by_row", [True, False])
def test_columns_of_prose_are_read_one_after_the_other(by_row: bool) -> None:
    assert two_columns(by_row) == [[[line] for line in LEFT], [[line] for line in RIGHT]]


def test_names_and_amounts_are_no_columns_whatever_the_order_of_drawing() -> None:
    names, amounts = ["Magnesium", "Zinc", "Vitamin B6", "Iron"], ["300 mg", "10 mg", "1.4 mg", "14 mg"]
    page = Setter()
    page.rows([[name] for name in names], [50])
    page.rows([[amount] for amount in amounts], [250])
    rows = [list(row) for row in zip(names, amounts, strict=True)]
    assert [texts(block) for block in in_reading_order(page.read)] == [rows]


def test_a_line_across_both_columns_parts_blocks() -> None:
    page = Setter()
    page.text("A title that goes across all of the page and both of its columns", y=80)
    page.rows([[line] for line in LEFT], [50])
    page.rows([[line] for line in RIGHT], [250])
    blocks = [[row[0] for row in texts(block)] for block in in_reading_order(page.read)]
    assert [line for block in blocks for line in block][1:] == [*LEFT, *RIGHT]


def test_a_form_keeps_its_answers_beside_its_questions() -> None:
    page = Setter()
    form = [["Product", "Magnesium citrate"], ["Dose", "Two tablets"], ["Pack", "Sixty tablets"]]
    page.rows([[question] for question, _ in form], [50], leading=20)
    page.rows([["", answer] for _, answer in form], [50, 200], leading=20)
    assert [len(block) for block in in_reading_order(page.read)] == [3]


def test_nothing_gives_no_blocks() -> None:
    assert list(in_reading_order([])) == []


# -- heads, wraps, tables, rows ----------------------------------------------------------------------------------------


def test_heads_of_several_lines_become_one_row() -> None:
    rows = set_rows(
        [["", "Per", "% of"], ["Nutrient", "capsule", "NRV"], ["Magnesium", "9 mg", "80 %"], ["Zinc", "1 mg", "10 %"]],
        [50, 200, 300],
    )
    assert texts(heads_joined(rows)) == [["Nutrient", "Per capsule", "% of NRV"], *texts(rows)[2:]]


def test_lines_above_a_table_that_head_no_column_stay() -> None:
    rows = set_rows([["Facts"], [""], [""], ["Magnesium", "300 mg"], ["Zinc", "10 mg"]], [50, 200])
    assert texts(heads_joined(rows)) == texts(rows)


def test_a_name_that_wraps_around_its_amounts_is_joined() -> None:
    page = Setter()
    page.text("Magnesium from magnesium", 50, 100)
    page.text("bisglycinate and citrate", 50, 112)
    page.text("200 mg", 250, 106)
    page.text("53 %", 320, 106)
    assert texts(wraps_joined(page.read)) == [["Magnesium from magnesium bisglycinate and citrate", "200 mg", "53 %"]]


def test_an_open_bracket_takes_the_next_line() -> None:
    rows = set_rows([["Magnesium (as citrate", "200 mg"], ["and malate)"], ["Zinc", "10 mg"]], [50, 250], leading=12)
    assert texts(wraps_joined(rows)) == [["Magnesium (as citrate and malate)", "200 mg"], ["Zinc", "10 mg"]]


def test_two_rows_with_amounts_are_never_joined() -> None:
    rows = set_rows([["Magnesium", "300 mg"], ["Zinc", "10 mg"]], [50, 250])
    assert texts(wraps_joined(rows)) == texts(rows)


def test_gaps_that_only_justify_a_line_are_closed() -> None:
    page = Setter()
    end = page.text("take two tablets", 50, 100)
    page.text("with water", end + 14, 100)
    page.text("after a meal in the evening", 50, 114)
    assert texts(gaps_closed(page.read))[0] == ["take two tablets with water"]


def test_aligned_gaps_are_kept() -> None:
    rows = set_rows([["Magn.", "300 mg"], ["Zinc", "10 mg"]], [50, 95])
    assert texts(gaps_closed(rows)) == [["Magn.", "300 mg"], ["Zinc", "10 mg"]]


def cells_of(*rows: tuple[tuple[Segment, ...], ...]) -> list[list[str]]:
    """The rows that come of a ruled table."""
    whole = Segment((), 0, 500, 0, 500, 10, 10, 0, Table(rows))
    return [[" ".join(word.text for word in cell) for cell in row] for row in whole_rows([(whole,)])]


def test_cells_of_a_ruled_table_stay_whole() -> None:
    name = (a_segment("Magnesium (from", y=100), a_segment("citrate)", y=112))
    assert cells_of((name, (a_segment("300 mg", 200, 106),)), ((a_segment("Zinc"),), (), (a_segment("5 mg"),))) == [
        ["Magnesium (from citrate)", "300 mg"],
        ["Zinc", "", "5 mg"],
    ]


def test_lists_in_cells_side_by_side_come_out_row_by_row() -> None:
    names = tuple(a_segment(text, 50, 100 + 14 * at) for at, text in enumerate(["Magnesium", "Zinc", "Iron"]))
    amounts = tuple(a_segment(text, 200, 100 + 14 * at) for at, text in enumerate(["300 mg", "10 mg", "14 mg"]))
    assert cells_of((names, amounts)) == [["Magnesium", "300 mg"], ["Zinc", "10 mg"], ["Iron", "14 mg"]]


LINES = b"".join(
    b"50 %d m 350 %d l S\n" % (y, y) for y in (640, 680, 720)
) + b"".join(b"%d 640 m %d 720 l S\n" % (x, x) for x in (50, 200, 350))  # fmt: skip


def test_ruled_cells_hold_wrapped_names_together() -> None:
    content = LINES + b"".join(
        text_at(text, x, y, 10)
        for text, x, y in [
            ("Magnesium from", 55, 705), ("citrate", 55, 690), ("300 mg", 205, 705),
            ("Zinc", 55, 660), ("10 mg", 205, 660),
        ]
    )  # fmt: skip
    assert document(one_page(content)).text == "Magnesium from citrate\t300 mg\nZinc\t10 mg"


def test_too_many_rules_are_no_table_but_the_text_is_read() -> None:
    rules = b"".join(b"%d %d 2 2 re S\n" % (at % 590, at // 590 * 3) for at in range(6000))
    assert document(one_page(rules + page_of(["Magnesium 300 mg"]))).text == "Magnesium 300 mg"


# -- writing -----------------------------------------------------------------------------------------------------------


def written(*lines_: str, x: float = 50, leading: float = 1.3) -> str:
    """Lines of one block as text."""
    page = Setter()
    for at, line in enumerate(lines_):
        page.text(line, x, 100 + at * leading * 10)
    cells = list(whole_rows(page.read))
    writer = PageWriter()
    writer.begin_block(cells)
    for row in cells:
        writer.row(row)
    assert len(writer.boxes) == 4 * len(writer.text)
    return writer.text


@pytest.mark.parametrize(
    ("lines_", "expected"),
    [
        (("two tablets of magne-", "sium a day"), "two tablets of magnesium a day"),
        (("two tablets of magne\u00ad", "sium a day"), "two tablets of magnesium a day"),
        (("two tablets of Magne\u2010", "Sium a day"), "two tablets of MagneSium a day"),
        (("contains vitamin B6-", "vitamin and zinc"), "contains vitamin B6-vitamin and zinc"),
        (("pyridoxal-5-phosphate and pyridoxal-", "5-phosphate"), "pyridoxal-5-phosphate and pyridoxal-5-phosphate"),
        (("take one or two tablets", "every day with water"), "take one or two tablets every day with water"),
        (("Keep dry.", "Shake well.", "Take one every day."), "Keep dry.\nShake well.\nTake one every day."),
        (("Magnesium 300 mg", "Zinc 10 mg"), "Magnesium 300 mg\nZinc 10 mg"),
        (("Magnesium 300", "Zinc 10"), "Magnesium 300\nZinc 10"),
    ],
)
def test_paragraphs_go_on_and_hyphens_of_line_ends_go(lines_: tuple[str, ...], expected: str) -> None:
    assert written(*lines_) == expected


def test_lines_far_apart_are_no_paragraph() -> None:
    assert written("take one tablet of", "magnesium a day", leading=2.5) == "take one tablet of\nmagnesium a day"


def test_cells_rows_and_blocks_are_parted_by_marks_without_boxes() -> None:
    writer = PageWriter()
    for _ in range(2):
        rows = list(whole_rows(set_rows([["Magnesium", "300 mg"]], [50, 200])))
        writer.begin_block(rows)
        for row in rows:
            writer.row(row, heading=10)
    assert writer.text == "Magnesium\t300 mg\n\nMagnesium\t300 mg"
    assert [writer.text[start:end] for start, end, _ in writer.headings] == ["Magnesium\t300 mg"] * 2
    unplaced = "".join(c for at, c in enumerate(writer.text) if writer.boxes[4 * at] != writer.boxes[4 * at])
    assert unplaced == "\t \n\n\t "


# -- skimming ----------------------------------------------------------------------------------------------------------

OTHER = "A page of another product"


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([OTHER, "Magnesium 300 mg", OTHER, OTHER], [2, 3, 4]),
        (["Zinc\nper tablet", "Magnesium\nper tablet", "Iron\nper tablet", OTHER], [2]),
        (["Zinc\nper tablet", "Magnesium\nper tablet", "Take two a day", "Iron\nper tablet"], [2, 3]),
        ([OTHER, "", OTHER], [2]),
        (["Head 1\nMagnesium", "Head 2\nand so on", "Head 3\nthe end", "Head 4\nlast", "Head 5\nafter"], [1, 2, 3, 4]),
        ([OTHER, OTHER], []),
        ([], []),
    ],
)
def test_pages_that_matter_and_those_that_go_on_are_worth_reading(pages: list[str], expected: list[int]) -> None:
    numbers = list(range(1, len(pages) + 1))
    assert worth_reading(numbers, pages, about_magnesium) == expected


def test_pages_of_a_long_file_are_skimmed_and_chosen_ones_keep_their_numbers() -> None:
    contents = [page_of([f"Zinc number {at}", "Per tablet 10 mg"]) for at in range(12)]
    contents[7] = page_of(["Magnesium", "Per tablet 100 mg", "Zinc free"])
    contents[8] = page_of(["Zinc number 8", "Zinc free"])
    found = document(many_pages(contents))
    assert (found.page_numbers, found.text) == ((8,), "Magnesium\nPer tablet 100 mg\nZinc free")
    assert document(many_pages(contents), pages=[3, 99, 3, 1]).page_numbers == (1, 3)
    assert reason(pdf(many_pages(contents)), pages=[13, 0]) == "no-pages"


def test_a_long_file_without_anything_that_matters_is_read_in_part() -> None:
    assert document(many_pages([page_of([f"Zinc number {at}"]) for at in range(12)])).text == "Zinc number 0"


# -- damage, doubt and what is not seen --------------------------------------------------------------------------------

LABEL = ["Magnesium citrate 1500 mg per tablet", "of which magnesium 240 mg", "Take one tablet a day"]


def test_a_cut_stream_is_told() -> None:
    whole = packed(page_of(LABEL) + b"% some more to cut off here\n" * 5)
    objects = {**one_page(b""), CONTENT: whole}
    assert codes(document(objects)) == []
    body = whole.partition(b"stream\n")[2].removesuffix(b"\nendstream")
    objects[CONTENT] = stream(body[:-20], b"/Filter/FlateDecode")
    assert codes(document(objects)) == ["MG903"]


def test_a_stream_that_is_missing_is_told() -> None:
    objects = many_pages([page_of(LABEL), page_of(["Take two tablets"])])
    del objects[9]
    assert codes(document(objects)) == ["MG903"]
    assert codes(document(many_pages([page_of(LABEL), b""]))) == []


def test_pages_that_are_counted_but_not_found_are_told() -> None:
    objects = {**one_page(page_of(LABEL)), PAGES: b"<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>"}
    assert codes(document(objects)) == ["MG903"]


def test_letters_of_a_font_without_widths_lie_over_each_other() -> None:
    objects = one_page(page_of(LABEL))
    widths = b"/FirstChar 32/LastChar 126/Widths[" + b"0 " * 95 + b"]/FontDescriptor 6 0 R"
    objects[LETTERS] = FONT.replace(b"Helvetica", b"Lost").replace(b"/Encoding", widths + b"/Encoding")
    objects[6] = b"<</Type/FontDescriptor/FontName/Lost/Flags 32/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200>>"
    found = document(objects)
    assert "1500 mg" not in found.text
    assert "MG905" in codes(found)


def test_a_page_that_cannot_be_read_is_told_and_the_others_are_read() -> None:
    objects = many_pages([page_of(LABEL), page_of(["Another page"])])
    objects[9] = stream(b"\xff" * 50, b"/Filter/LZWDecode")
    found = document(objects)
    assert "1500 mg" in found.text
    assert codes(found) == ["MG903"]
    assert found.troubles[0].params["pages"] == ("2",)
    assert found.troubles[0].withdraws


@pytest.mark.parametrize(
    ("hide", "code"),
    [
        (b"1 g " + text_at("Magnesium 999 mg", 50, 500, 10), "MG905"),
        (b"3 Tr " + text_at("Magnesium 999 mg", 50, 500, 10), "MG905"),
        (text_at("Magnesium 999 mg", 50, 500, 10) + b"1 g 40 490 300 30 re f ", "MG905"),
        (text_at("Magnesium 999 mg", 50, -40, 10), "MG905"),
        (b"", None),
        (b"0.5 g 40 490 300 30 re f 1 g " + text_at("Zinc 10 mg", 50, 500, 10), None),
    ],
)
def test_text_that_is_not_seen_is_not_read_but_told(hide: bytes, code: str | None) -> None:
    found = document(one_page(b"q " + hide + b" Q " + page_of(LABEL)))
    assert "999" not in found.text
    assert codes(found) == ([code] if code else [])
    assert code or ("Zinc" in found.text) == bool(hide)


def test_text_that_may_be_hidden_is_doubted_where_the_page_cannot_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mglabel.documents.pdf.reader.drawn", lambda *_: None)
    white = b"q 1 g " + text_at("Magnesium 999 mg", 50, 500, 10) + b" Q "
    found = document(one_page(white + page_of(LABEL)))
    assert "MG905" in codes(found)
    assert all(trouble.withdraws for trouble in found.troubles)
    assert codes(document(one_page(page_of(LABEL)))) == []


def test_letters_mapped_to_characters_of_another_world_are_told() -> None:
    objects = one_page(page_of(["Swallow three tablets with food", "Magnesium 300 mg", "Keep dry"]))
    objects[LETTERS] = FONT.replace(b">>", b"/ToUnicode 6 0 R>>")
    chars = b"".join(b"<%02X> <%04X>\n" % (code, 0x4836 if code == ord("r") else code) for code in range(32, 127))
    objects[6] = stream(b"begincmap 95 beginbfchar\n" + chars + b"endbfchar endcmap")
    assert "MG903" in codes(document(objects))


def test_layers_over_each_other_are_told() -> None:
    content = page_of(LABEL) + b"".join(text_at(line, 51, 800 - 14 * at, 10) for at, line in enumerate(LABEL[::-1]))
    found = document(one_page(content))
    assert "MG905" in codes(found)
    assert all(trouble.withdraws for trouble in found.troubles if trouble.code == "MG905")


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 12, 200])
def test_text_in_any_direction_is_read_upright(turn: float) -> None:
    content = b"".join(
        text_at(line, 300 + 14 * at * (turn == 90) - 14 * at * (turn == 270), 400 - 14 * at, 10, turn)
        for at, line in enumerate(LABEL[:1])
    )
    assert document(one_page(content)).text == LABEL[0]


def test_directions_snap_to_right_angles() -> None:
    assert [direction_of((1, b, -b, 1, 0, 0)) for b in (0.004, -0.004)] == [0, 0]
    assert direction_of((-1, 0, 0, 1, 0, 0)) == 0
    assert direction_of((0, 0, 0, 0, 0, 0)) == 0


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty-file"),
        (b"plain text", "not-pdf"),
        (b"%PDF-1.4\nnothing follows", "damaged"),
        (b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF", "damaged"),
        (pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"}), "no-pages"),
        (pdf(one_page(b"")), "no-text"),
        (pdf(one_page(b"0 0 m 9 9 l 9 0 l f " * 300)), "outlined"),
    ],
)  # fmt: skip
def test_unreadable_files_say_why(data: bytes, expected: str) -> None:
    assert reason(data) == expected


def picture_page(text: bytes) -> dict[int, bytes]:
    """A page that a picture covers, with text that is drawn with it."""
    objects = one_page(b"q 595 0 0 842 0 0 cm /I Do Q " + text, resources=b"/XObject<</I 6 0 R>>")
    shape = b"/Type/XObject/Subtype/Image/Width 160/Height 220/ColorSpace/DeviceGray/BitsPerComponent 8"
    objects[6] = packed(b"".join(b"\x00\xff" * 80 if row % 2 else b"\xff\x00" * 80 for row in range(220)), shape)
    return objects


def test_a_picture_without_text_is_a_scan() -> None:
    assert reason(pdf(picture_page(b""))) == "scanned"


def test_text_that_lies_unseen_on_a_picture_is_recognised_text() -> None:
    found = document(picture_page(b"3 Tr " + page_of(LABEL)))
    assert "MG904" in codes(found)
    assert "MG904" not in codes(document(picture_page(page_of(LABEL))))


def test_glyphs_of_no_character_are_an_unreadable_font() -> None:
    objects = one_page(b"BT /F 12 Tf 50 700 Td <0041004200430020004400450046> Tj ET")
    objects[LETTERS] = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    objects[6] = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
    )
    objects[7] = b"<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200>>"
    assert reason(pdf(objects)) == "unreadable-font"


class Wrapping(Exception):
    """As pdfplumber wraps what pdfminer raises."""


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (MemoryError(), "memory"),
        (Wrapping(MemoryError()), "memory"),
        (Wrapping(KeyError("x")), "damaged"),
        (Wrapping("words"), "damaged"),
        (RecursionError(), "damaged"),
    ],
)
def test_failures_are_told_by_their_cause(raised: Exception, expected: str) -> None:
    assert failure(raised, None).reason == expected


def test_locked_and_oddly_encrypted_files_are_told_apart() -> None:
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    assert failure(Wrapping(PDFPasswordIncorrect()), None).reason == "password"
    assert "does not open" in str(failure(Wrapping(PDFPasswordIncorrect()), "wrong"))
    assert failure(Wrapping(PDFEncryptionError("filter")), None).reason == "unsupported-encryption"
    assert isinstance(cause_of(Wrapping(ValueError())), ValueError)


# -- piles: the work grows in step with the length ---------------------------------------------------------------------


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python run in some work."""
    count = 0

    def trace(*_: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def piled(number: int) -> list[Glyph]:
    """Different glyphs in one place."""
    page = Setter()
    for at in range(number):
        page.glyph("abc"[at % 3], 50, 55, 100, 10)
    return page.glyphs


def dense(number: int) -> list[Glyph]:
    """Lines of large and of tiny type, hardly apart."""
    page = Setter()
    for at in range(number // 2):
        page.glyph("a", 50, 51, 100 + at / 100, 0.01)
        page.glyph("b", 60 + at * 20, 61 + at * 20, 100.005 + at / 100, 100)
    return page.glyphs


def side_by_side(number: int) -> list[Glyph]:
    """Very long lines of single glyphs, letters above digits."""
    page = Setter()
    for at in range(number // 3):
        for row, letter in enumerate(("a", "(", "1" if at else "a")):
            page.glyph(letter, 50 + at * 20, 55 + at * 20, 100 + row * 12, 10)
    return page.glyphs


def raised(number: int) -> list[Glyph]:
    """A very long line of letters, each with a mark."""
    page = Setter()
    for at in range(number // 2):
        page.glyph("a", 50 + at * 20, 55 + at * 20, 100, 10)
        page.glyph("1", 55.5 + at * 20, 58 + at * 20, 96, 6)
    return page.glyphs


def bracketed(number: int) -> list[Glyph]:
    """An open bracket beside an amount, and lines below it that never close it."""
    page = Setter()
    page.rows([["a(", "1"], *[["b"] for _ in range(number - 3)]], [50, 300], leading=12)
    return page.glyphs


def scattered(number: int) -> list[Glyph]:
    """Words here and there, so that gutters are tried in vain."""
    page = Setter()
    for at in range(number // 3):
        page.text("wor", 50 + (at * 7919 % 60) * 15, 100 + at // 4 * 12)
    return page.glyphs


def read_glyphs(glyphs: list[Glyph]) -> str:
    """All steps from glyphs to text."""
    overprinted(glyphs)
    writer = PageWriter()
    rows = [tuple(segments) for line in lines_of(once_each(glyphs)) if (segments := segments_of(line))]
    for block in in_reading_order(rows):
        cells = list(whole_rows(block))
        writer.begin_block(cells)
        for row in cells:
            writer.row(row)
    return writer.text


@pytest.mark.parametrize("pile", [piled, dense, side_by_side, raised, bracketed, scattered])
def test_work_grows_in_step_with_the_length_of_a_pile(pile: Callable[[int], list[Glyph]]) -> None:
    few, many = pile(200), pile(800)
    assert lines_run(lambda: read_glyphs(many)) < 1.5 * 4 * lines_run(lambda: read_glyphs(few))


def test_pages_that_matter_in_a_row_are_not_compared_each_with_all() -> None:
    def skim(count: int) -> Callable[[], object]:
        pages = [f"Magnesium {chr(97 + at % 26)} {at}\nhead" for at in range(count)]
        return lambda: worth_reading(range(count), pages, about_magnesium)

    assert lines_run(skim(400)) < 1.5 * 4 * lines_run(skim(100))


@pytest.mark.parametrize("kid", [b"null", b"[]"])
def test_a_form_beside_a_page_that_pdfium_cannot_load(kid: bytes) -> None:
    """What the fields hold is drawn on the pages that there are."""
    objects = one_page(text_at("Magnesium", 50, 700, 10), page=b"/Annots[9 0 R]")
    objects[CATALOG] = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[9 0 R]/DR<</Font<</F 5 0 R>>>>/DA(/F 10 Tf)>>>>"
    objects[PAGES] = b"<</Type/Pages/Kids[%d 0 R 8 0 R]/Count 2>>" % PAGE
    objects[8] = kid
    objects[9] = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(300 mg)/Rect[150 695 250 710]/P 3 0 R/DA(/F 10 Tf)"
        b"/AP<</N 10 0 R>>>>"
    )
    objects[10] = stream(
        b"BT /F 10 Tf 2 5 Td (300 mg) Tj ET", b"/Subtype/Form/BBox[0 0 100 15]/Resources<</Font<</F 5 0 R>>>>"
    )
    assert "300 mg" in document(objects).text
