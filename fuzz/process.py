"""One process of fuzzing over one target; started by run.py, since a failure ends it."""

from __future__ import annotations

import hashlib
import importlib
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from types import ModuleType

from seeds import words

WARMING = 12
"""So many seeds are read while imports are watched, since the package imports its rooms when they are first used."""
RAW = 0.2
"""The share of inputs that libFuzzer changes byte by byte."""
MOST_WORDS = 4_000


def main() -> None:
    """Fuzz the target named first, with the corpus folder named second and the options of libFuzzer behind."""
    name, corpus, *options = sys.argv[1:]
    if "-blind=1" in options:
        _blindly(name, {key: value for key, _, value in (option.partition("=") for option in options)})
    else:
        _guided(name, Path(corpus), options)


def _guided(name: str, corpus: Path, options: list[str]) -> None:
    """Let libFuzzer choose, by what each input reaches."""
    import atheris

    target = _watched(name)
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number:04}").write_bytes(seed[: target.LARGEST])
    dictionary = corpus.parent / "words.dict"
    dictionary.write_text("".join(_entries(target)), encoding="ascii")

    def changed(data: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        if not data or chance.random() < RAW:
            return bytes(atheris.Mutate(data, most))
        return bytes(target.mutated(data, chance)[:most])

    arguments = [sys.argv[0], *options, f"-max_len={target.LARGEST}", f"-dict={dictionary}", str(corpus)]
    atheris.Setup(arguments, target.check, custom_mutator=changed)
    atheris.Fuzz()


def _watched(name: str) -> ModuleType:
    """The target, with the package instrumented; what it uses would be slow and is not what is looked at."""
    import atheris

    with atheris.instrument_imports(include=["mglabel"]):
        target = importlib.import_module(f"targets.{name}")
        _warm(target)
    return target


def _warm(target: ModuleType) -> None:
    """Read some seeds, so that what is loaded at its first use is no input's time; they are read again later."""
    for _, seed in zip(range(WARMING), target.seeds(), strict=False):
        with suppress(Exception):
            target.check(seed)


def _blindly(name: str, options: dict[str, str]) -> None:
    """Change seeds by chance, without libFuzzer: several times as many inputs, and for any Python."""
    target = importlib.import_module(f"targets.{name}")
    _warm(target)
    chance = Random(options["-seed"])
    end = time.monotonic() + float(options["-max_total_time"])
    seeds = [seed[: target.LARGEST] for seed in target.seeds()]
    executed, most = 0, int(options.get("-runs", sys.maxsize))
    while executed < most and time.monotonic() < end:
        data = seeds[executed] if executed < len(seeds) else chance.choice(seeds)
        if executed >= len(seeds):
            for _ in range(chance.choice((1, 1, 2, 4, 8))):
                data = target.mutated(data, chance)[: target.LARGEST]
        executed += 1
        try:
            target.check(data)
        except Exception:
            path = f"{options['-artifact_prefix']}crash-{hashlib.sha1(data).hexdigest()}"
            Path(path).write_bytes(data)
            print(f"stat::number_of_executed_units: {executed}", flush=True)
            raise
    print(f"stat::number_of_executed_units: {executed}")


def _entries(target: ModuleType) -> list[str]:
    """The words of the tables as entries of a dictionary, spread evenly where they are too many."""
    every = list(getattr(target, "words", words)())
    chosen = every[:: max(1, len(every) // MOST_WORDS)]
    return [f'"{escaped}"\n' for word in chosen if (escaped := _escaped(word.encode("utf-8", "surrogatepass")))]


def _escaped(data: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in data[:60])


if __name__ == "__main__":
    main()
