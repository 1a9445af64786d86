"""One process of libFuzzer over one target; started by run.py, since a failure ends it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from random import Random
from types import ModuleType

import atheris
from seeds import words

WARMING = 12
"""So many seeds are read while imports are watched, since the package imports its rooms when they are first used."""
RAW = 0.2
"""The share of inputs that libFuzzer changes byte by byte."""
MOST_WORDS = 4_000


def main() -> None:
    """Fuzz the target named first, with the corpus folder named second and the options of libFuzzer behind."""
    name, corpus, *options = sys.argv[1:]
    target = _loaded(name)
    seeds = [seed[: target.LARGEST] for seed in target.seeds()]
    for number, seed in enumerate(seeds):
        (Path(corpus) / f"seed-{number:04}").write_bytes(seed)
    dictionary = Path(corpus).parent / "words.dict"
    dictionary.write_text("".join(_entries(target)), encoding="ascii")
    chance = Random(next((int(o.split("=")[1]) for o in options if o.startswith("-seed=")), 1))

    def changed(data: bytes, most: int, seed: int) -> bytes:
        chance.seed(seed)
        if not data or chance.random() < RAW:
            return bytes(atheris.Mutate(data, most))
        return bytes(target.mutated(data, chance)[:most])

    arguments = [sys.argv[0], *options, f"-max_len={target.LARGEST}", f"-dict={dictionary}", corpus]
    atheris.Setup(arguments, target.check, custom_mutator=changed)
    atheris.Fuzz()


def _loaded(name: str) -> ModuleType:
    """The target, with everything that it uses instrumented."""
    # The packages are known only when the target is loaded; its own text tells them without running it.
    with atheris.instrument_imports(include=["mglabel", "pdfminer", "pdfplumber"] if name == "pdf" else ["mglabel"]):
        target = importlib.import_module(f"targets.{name}")
        for _, seed in zip(range(WARMING), target.seeds(), strict=False):
            target.check(seed)
    return target


def _entries(target: ModuleType) -> list[str]:
    """The words of the tables as entries of a dictionary, spread evenly where they are too many."""
    every = getattr(target, "words", words)()
    chosen = every[:: max(1, len(every) // MOST_WORDS)]
    return [f'"{escaped}"\n' for word in chosen if (escaped := _escaped(word.encode("utf-8")))]


def _escaped(data: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in data[:60])


if __name__ == "__main__":
    main()
