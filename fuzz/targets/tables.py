"""The loaders of tables on changed tables: each loads, and then serves, or says in which file and where it is wrong."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from random import Random

from holding import check_analysis, require, within
from seeds import DATA
from tablecuts import VALUES, changed_table

from mglabel import Guide, analyze
from mglabel.batch import closing
from mglabel.language.building import build
from mglabel.language.lexer import Lexer
from mglabel.language.mention import MentionSearch
from mglabel.language.words import WordReader
from mglabel.reports import page_words, wording
from mglabel.tables import chemistry, exports, html, language, loading, messages_file
from mglabel.values.errors import BadTable

LARGEST = 20_000
SECONDS, PER_BYTE = 2.0, 200e-6
SAMPLES = (
    "Per 2 capsules: magnesium citrate 1500 mg, of which magnesium 240 mg (64 % NRV). 1 capsule twice a day. With B6.",
    "Magnesium oxide, magnesium carbonate. Magnesium 400 mg per tablet. 1-2 tablets daily for better sleep. With B6.",
    "Magnesiumchlorid 300 mg pr. kapsel. 3 kapsler dagligt. Til børn fra 4 år. Indeholder også zink og calcium 800 mg.",
)
"""What a guide that loads must be able to judge."""


def seeds() -> Iterable[bytes]:
    """Every table under its name; of the long ones a part after the other, as far as the loader takes a part."""
    for path in sorted(DATA.glob("*.*")):
        if path.name in _LOADERS:
            for part in _parts(path):
                yield path.name.encode() + b"\n" + part
    for number, path in enumerate(sorted((DATA / "language").glob("*.toml"))):
        parts = list(_parts(path))
        yield b"language/" + path.name.encode() + b"\n" + parts[number % len(parts)]


def _parts(path: Path) -> Iterator[bytes]:
    """A file, or its first lines with some of its sections where it is long."""
    data = path.read_bytes()
    if len(data) <= LARGEST:
        yield data
        return
    head, *sections = re.split(rb"(?m)^(?=\[)", data)
    for start in range(0, len(sections), 12):
        yield (head + b"".join(sections[start : start + 12]))[: LARGEST - 100]


def mutated(data: bytes, chance: Random) -> bytes:
    """The same table changed."""
    name, _, table = data.partition(b"\n")
    return name + b"\n" + changed_table(table, chance)


def words() -> Iterable[str]:
    """What tables are written with."""
    return [value.decode("utf-8", "replace") for value in VALUES]


def check(data: bytes) -> None:
    """Put one changed table into a copy of the data and load it."""
    name, _, table = data.partition(b"\n")
    load = _LOADERS.get(name.decode("ascii", "replace")) or (_language if name.startswith(b"language/") else None)
    if load is None:
        return
    folder = _folder()
    is_language = load is _language
    path = folder / "language" / "xx.toml" if is_language else folder / name.decode("ascii")
    kept = None if is_language else path.read_bytes()
    path.write_bytes(table)
    packaged, loading.DATA = loading.DATA, str(folder)
    try:
        with within(SECONDS, len(table), PER_BYTE):
            load()
    except BadTable as error:
        said = str(error)
        named = ("forms.csv", "compounds.csv") if path.name in ("forms.csv", "compounds.csv") else (path.name,)
        require(any(one in said for one in named), f"the error does not name {path.name}: {said[:300]}")
        told = said.partition(".csv" if path.suffix == ".csv" else ".toml")[2]
        require(_WHERE.search(told), f"the error does not tell where: {said[:300]}")
    finally:
        loading.DATA = packaged
        if kept is not None:
            path.write_bytes(kept)


_WHERE = re.compile(
    r"line \d+|at end of document|column|\S: |is missing|is not known|UTF-8|comes \d+ times|\w\.\w| is |field|\w\[\d+\]"
    r"| holds | no verdict for \w+ and \w+"
)
"""What tells more than the file: a line, a column, a key or an id."""


@cache
def _folder() -> Path:
    """A copy of the package's data, without its language tables."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-tables-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for path in DATA.glob("*.*"):
        if path.name != "lexicon.json":
            shutil.copy(path, folder)
    (folder / "language").mkdir()
    return folder


def _language() -> None:
    """Load the one language table of the copy, and read a label with it alone."""
    known = build(language.tables.__wrapped__())
    lexer, search = Lexer(WordReader(known)), MentionSearch(known)
    for sample in SAMPLES:
        lexer.lex(sample)
        search.mentions(sample)


def _guide() -> None:
    """Load the guide of the copy as a caller's own, and judge with it."""
    guide = Guide.load(_folder() / "guide.toml")
    for sample in SAMPLES:
        for purpose in (None, guide.purposes[-1]):
            analysis = analyze(sample, guide=guide, purpose=purpose)
            check_analysis(analysis)
            analysis.to_html("da")


_LOADERS: dict[str, Callable[[], object]] = {
    "atomic_weights.csv": chemistry.elements.__wrapped__,
    "units.csv": chemistry.units.__wrapped__,
    "limits.csv": chemistry.limits.__wrapped__,
    "reference_values.csv": chemistry.reference_values.__wrapped__,
    "forms.csv": chemistry._chemistry.__wrapped__,
    "compounds.csv": chemistry._chemistry.__wrapped__,
    "exports.toml": exports.exports.__wrapped__,
    "html.toml": html.html_names.__wrapped__,
    "messages.toml": messages_file.read_packaged,
    "report.toml": wording._packaged.__wrapped__,
    "page.toml": page_words._packaged.__wrapped__,
    "batch.toml": closing._texts.__wrapped__,
    "guide.toml": _guide,
    "verdicts.csv": _guide,
}
