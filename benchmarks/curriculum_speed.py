"""How fast the curriculum is: importing it, loading it, and orders and plans of ever larger paths.

Run `python benchmarks/curriculum_speed.py` (about a minute). Everything is measured in one run, in processor time, so
that other work on the machine counts little; compare the ratios, for milliseconds differ from machine to machine.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec
import networkx
import yaml
from rich.console import Console
from rich.table import Table

import curriculum
from curriculum import reading
from curriculum.model import Exercise, Lesson, Module, PathData, Skill

ALLOWED_IMPORT_RATIO = 3
ALLOWED_IMPORT_MS = 40
ALLOWED_LOAD_MS = 30


def best_ms(work: Callable[[], object], repeats: int) -> float:
    """Return the least of several times, in milliseconds: what the work takes when nothing else disturbs it."""
    times = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times) * 1000


def process_ms(codes: Sequence[str], repeats: int) -> list[float]:
    """Return how long a fresh interpreter takes for each code, its own start included: the least, taken in turns."""
    times: list[list[float]] = [[] for _ in codes]
    for _ in range(repeats):
        for code, kept in zip(codes, times, strict=True):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", code], check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            kept.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return [min(kept) * 1000 for kept in times]


def synthetic(count: int) -> curriculum.Path:
    """Return a path of many skills: up to three prerequisites each, a lesson for each, an exercise for every two."""
    rng = random.Random(count)
    modules = []
    for m in range(0, count, 100):
        here = [f"s.n{i}" for i in range(m, min(m + 100, count))]
        skills = tuple(
            Skill(
                id=name,
                name="A skill",
                definition="What it means.",
                level="working",
                prerequisites=tuple({f"s.n{rng.randrange(max(0, i - 500), i)}" for _ in range(min(3, i))}),
            )
            for i, name in enumerate(here, start=m)
        )
        modules.append(
            Module(
                id=f"m{m}",
                title="A module",
                summary="What it is about.",
                outcomes=("do it",),
                skills=skills,
                lessons=tuple(
                    Lesson(id=f"m{m}/l{i}", title="A lesson", minutes=30, skills=(name,), status="planned")
                    for i, name in enumerate(here)
                ),
                exercises=tuple(
                    Exercise(
                        id=f"m{m}/e{i}",
                        title="An exercise",
                        kind="function",
                        minutes=45,
                        points=10,
                        skills=tuple(here[i : i + 2]),
                        status="planned",
                    )
                    for i in range(0, len(here), 2)
                ),
            )
        )
    data = PathData(id="synthetic", title="Synthetic", description="Synthetic", version="1", modules=tuple(modules))
    return curriculum.Path(data)


def measure_import(repeats: int) -> Iterable[tuple[str, str, str]]:
    """Yield rows about `import curriculum` in fresh processes."""
    bare, package = process_ms(["import json", "import curriculum"], repeats)
    allowed = ALLOWED_IMPORT_RATIO * bare + ALLOWED_IMPORT_MS
    yield "fresh process, import json", f"{bare:.0f} ms", ""
    yield (
        "fresh process, import curriculum",
        f"{package:.0f} ms",
        f"{package / bare:.1f} × json; allowed 3 × json + 40 ms = {allowed:.0f} ms: {_verdict(package <= allowed)}",
    )


def measure_load(repeats: int) -> Iterable[tuple[str, str, str]]:
    """Yield rows about `load()`: with the cache, again in one process, and without the cache."""

    def as_a_new_process() -> None:
        reading._loaded.clear()
        curriculum.load()

    as_a_new_process()  # fills the cache
    warm = best_ms(as_a_new_process, repeats)
    files = sorted(reading.DATA.rglob("*.yaml"))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    plain = best_ms(lambda: [yaml.load(file.read_bytes(), loader) for file in files], 3)
    parsed = best_ms(lambda: curriculum.load(reading.DATA), 3)
    again = best_ms(curriculum.load, repeats)
    yield (
        "load(), warm cache",
        f"{warm:.1f} ms",
        f"allowed {ALLOWED_LOAD_MS} ms: {_verdict(warm <= ALLOWED_LOAD_MS)}",
    )
    yield "load() again in one process", f"{again:.1f} ms", f"{again / warm:.2f} × warm cache"
    yield "load() from the YAML files", f"{parsed:.0f} ms", f"{parsed / warm:.1f} × warm cache"
    yield f"PyYAML's {loader.__name__} alone, unchecked", f"{plain:.0f} ms", f"{plain / warm:.1f} × warm cache"


def measure_size(count: int, repeats: int, before: dict[str, float]) -> Iterable[tuple[str, str, str]]:
    """Yield rows about a path of `count` skills; `before` holds the times per skill of the size before, then these."""
    path = synthetic(count)
    raw = msgspec.to_builtins(path.data)
    works: dict[str, Callable[[], object]] = {
        "check the whole": lambda: curriculum.path_from_values(raw, Path("synthetic.json")),
        "order": path.order,
        "steps": path.steps,
        "plan": lambda: path.plan(hours_per_week=100, start=date(2027, 1, 4)),
    }
    graph = path.to_networkx()
    works["networkx's topological sort, to compare"] = lambda: list(networkx.topological_sort(graph))
    for name, work in works.items():
        took = best_ms(work, repeats)
        each = took / count * 1000
        growth = f"; {each / before[name]:.2f} × that of the size before" if name in before else ""
        before[name] = each
        yield f"{count:,} skills: {name}", f"{took:,.1f} ms", f"{each:.1f} µs a skill{growth}"


def _verdict(kept: bool) -> str:
    return "kept" if kept else "NOT KEPT"


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=100_000, help="skills of the largest path (default: 100,000)")
    arguments = parser.parse_args()
    table = Table("what", "took", "compared", title=f"{curriculum.load()!r}")
    rows = [*measure_import(15), *measure_load(15)]
    before: dict[str, float] = {}
    for count in (1_000, 10_000, 100_000):
        if count <= arguments.largest:
            rows += measure_size(count, 3 if count < 100_000 else 1, before)
    for row in rows:
        table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 130).print(table)


if __name__ == "__main__":
    main()
