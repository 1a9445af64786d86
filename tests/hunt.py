"""Look for labels that are read wrongly, far beyond what the tests try: `python tests/hunt.py 20000 [language]`.

Prints every kind of fault with how often it was met, in which languages, and the shortest label that shows it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from mglabel import analyze
from rendering.expect import excluded, missing
from rendering.sheets import render_sheet
from rendering.strategies import products, sheets, styles


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("examples", type=int)
    cli.add_argument("--language")
    cli.add_argument("--seed", type=int, default=0)
    cli.add_argument("--show", type=int, default=3, help="labels shown for each kind of fault")
    cli.add_argument("--only", default="", help="only this kind of fault")
    cli.add_argument("--brief", action="store_true", help="show the labels without what they were made from")
    args = cli.parse_args()
    met: dict[str, list[tuple[int, str]]] = defaultdict(list)
    languages: dict[str, Counter[str]] = defaultdict(Counter)
    features: dict[str, Counter[str]] = defaultdict(Counter)
    everywhere: Counter[str] = Counter()
    done = 0

    @seeded(args.seed)
    @settings(
        max_examples=args.examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(products(), styles(args.language), st.data())
    def hunt(facts, style, data) -> None:  # type: ignore[no-untyped-def]
        nonlocal done
        done += 1
        facts, sheet = data.draw(sheets(facts))
        text = render_sheet(facts, style, sheet)
        analysis = analyze(text)
        traits = [f"{k}={v!r}" for k, v in vars(sheet).items() if k not in ("noise", "before", "after")]
        traits += [f"declared={facts.declared}", f"dosing={facts.dosing.kind}", f"lang={style.language}"]
        traits += [f"n={len(facts.compounds)}"] + [f"row={r}" for r in (*sheet.before, *sheet.after)]
        everywhere.update(traits)
        for fault in (*excluded(facts, analysis), *missing(facts, analysis)):
            kind = fault.split(":")[0]
            languages[kind][style.language] += 1
            features[kind].update(traits)
            if any(len(text) == length for length, _ in met[kind]):
                continue  # the same label again, but for a mark
            met[kind].append(
                (len(text), f"{fault}\n{text}" if args.brief else f"{fault}\n{facts}\n{style}\n{sheet}\n{text}")
            )

    hunt()
    print(f"{done} labels")
    for kind in sorted(met):
        if args.only and kind != args.only:
            continue
        print("=" * 100)
        print(f"{kind}: {len(met[kind])}", dict(languages[kind].most_common()))
        rates = sorted(((n / everywhere[t], n, t) for t, n in features[kind].items() if n > 2), reverse=True)
        base = len(met[kind]) / done
        print("more often with:", *(f"{t} {r / base:.1f}x({n})" for r, n, t in rates[:10]), sep="  ")
        for _, told in sorted(met[kind], key=lambda m: m[0])[: args.show]:
            print("-" * 100, told, sep="\n")


if __name__ == "__main__":
    main()
