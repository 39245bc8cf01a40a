"""`python tests/redteam/run.py`: what hostile submissions achieve here, and under stock `nbgrader autograde`.

Prints a table, class by class: tried and succeeded. What succeeded is named below it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import harness
from harness import Bench, Case, Mode, Result

_STOCK_SECONDS = 60


def main() -> int:
    """Run what is asked for and print it; return 1 if anything succeeded against ours that is not written down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="cases whose name or class holds this text")
    parser.add_argument("--mode", choices=harness.MODES, help="only this mode")
    parser.add_argument("--stock", action="store_true", help="stock nbgrader as well, case by case: takes long")
    parser.add_argument("--only-stock", action="store_true", help="stock nbgrader alone")
    parser.add_argument("--each-layer", action="store_true", help="the same with each layer switched off in turn")
    parser.add_argument("--verbose", action="store_true", help="say of each case what was noticed")
    wanted = parser.parse_args()
    cases = [case for case in harness.all_cases() if wanted.only in case.name or wanted.only == case.kind]
    columns: dict[str, list[Result]] = {}
    modes = () if wanted.only_stock else (wanted.mode,) if wanted.mode else harness.MODES
    for mode in modes:
        columns[f"ours, {mode}"] = ours([case for case in cases if mode in case.modes], mode)
    if wanted.each_layer:
        columns |= {f"without {layer}": results for layer, results in without_each(cases, wanted.mode or "shared")}
    if wanted.stock or wanted.only_stock:
        columns["nbgrader"] = list(stock([case for case in cases if "shared" in case.modes]))
    print(table(columns))
    unknown = 0
    for title, results in columns.items():
        for result in results:
            if result.achieved:
                known = result.mode in (*result.case.beyond, *result.case.luck)
                unknown += title.startswith("ours") and not known
                print(f"{title}: {result.case.name}: {'; '.join(result.achieved)}{' (known)' if known else ''}")
            if wanted.verbose:
                print(f"{title}: {result.case.name}: {result.points} points; {result.problem or result.noticed!r}")
    return 1 if unknown else 0


def ours(cases: list[Case], mode: Mode, without: str = "") -> list[Result]:
    """Grade cases in one run, or without a layer of the sandbox; return the results."""
    with tempfile.TemporaryDirectory(prefix="redteam-") as place:
        bench = Bench(Path(place) / "bench")
        try:
            results = bench.hand_in(cases, mode)
            began = time.monotonic()
            bench.grade(mode, results, seconds=600, without=without)
            count = len(results) + len({result.next_student for result in results})
            print(f"{mode}: {count} submissions in {time.monotonic() - began:.0f} s", file=sys.stderr)
        finally:
            bench.close()
    return results


def without_each(cases: list[Case], mode: Mode) -> Iterator[tuple[str, list[Result]]]:
    """Grade cases with each layer of the sandbox switched off in turn."""
    from autograder.sandbox.settings import LAYERS

    some = [case for case in cases if mode in case.modes]
    for layer in LAYERS:
        yield layer, ours(some, mode, layer)


def stock(cases: list[Case]) -> Iterator[Result]:
    """Grade each case, and an honest submission after it, with nbgrader itself in a course of their own."""
    with tempfile.TemporaryDirectory(prefix="redteam-") as place:
        template = Bench(Path(place) / "template")
        template.close()
        for number, case in enumerate(cases):
            folder = Path(place) / f"bench{number}"
            shutil.copytree(template.folder, folder, symlinks=True)
            bench = Bench(folder, made=True)
            try:
                (result,) = bench.hand_in([case], "shared")
                bench.grade_with_nbgrader(result, _STOCK_SECONDS)
                yield result
            finally:
                bench.close()
                shutil.rmtree(folder, ignore_errors=True)


def table(columns: dict[str, list[Result]]) -> str:
    """Return a Markdown table: classes, and for each grader how many succeeded of how many tried."""
    lines = [f"| class | {' | '.join(columns)} |", f"| --- |{' --- |' * len(columns)}"]
    for kind in harness.KINDS:
        cells = []
        for results in columns.values():
            found = [result for result in results if result.case.kind == kind]
            cells.append(f"{sum(bool(r.achieved) for r in found)} of {len(found)}" if found else "–")
        title = "honest, and lost marks" if kind == "honest" else kind
        lines.append(f"| {title} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
