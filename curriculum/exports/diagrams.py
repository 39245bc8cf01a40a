"""The modules and what each builds on, as text that drawing programs read: Mermaid and Graphviz."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.exports.modulemap import needed_modules, reduced
from curriculum.model import Module, Path
from curriculum.timing import in_words


def mermaid(path: Path) -> bytes:
    """Return a Mermaid flowchart of the modules; planned ones are dashed."""
    lines = ["flowchart LR", f"  accTitle: {_one_line(path.title)}", "  accDescr: The modules and what each builds on"]
    names = {name: f"m{position}" for position, name in enumerate(path.modules, start=1)}
    for name, module in path.modules.items():
        label = f"{_mermaid_text(module.title)}<br/>{in_words(module.minutes)}"
        lines.append(f'  {names[name]}["{label}"]{"" if _has_ready_parts(module) else ":::planned"}')
    lines += [f"  {names[before]} --> {names[after]}" for before, after in _arrows(path)]
    lines.append("  classDef planned stroke-dasharray: 4 3")
    return ("\n".join(lines) + "\n").encode()


def dot(path: Path) -> bytes:
    """Return a Graphviz digraph of the modules; planned ones are dashed."""
    lines = [
        f"digraph {_dot_text(path.id)} {{",
        f"  label={_dot_text(path.title)}; labelloc=t; rankdir=LR;",
        '  node [shape=box, style=rounded, fontname="sans-serif"];',
    ]
    for name, module in path.modules.items():
        label = _dot_text(f"{module.title}\n{in_words(module.minutes)}")
        style = "" if _has_ready_parts(module) else ', style="rounded,dashed"'
        lines.append(f"  {_dot_text(name)} [label={label}{style}];")
    lines += [f"  {_dot_text(before)} -> {_dot_text(after)};" for before, after in _arrows(path)]
    lines.append("}")
    return ("\n".join(lines) + "\n").encode()


def _arrows(path: Path) -> Iterator[tuple[str, str]]:
    for after, needs in reduced(needed_modules(path)).items():
        for before in needs:
            yield before, after


def _has_ready_parts(module: Module) -> bool:
    return any(part.status == "ready" for part in module.parts)


def _mermaid_text(text: str) -> str:
    # Mermaid writes characters that mean something to it as entities without the ampersand
    return "".join(
        character if character.isalnum() or character in " ,.-/" else f"#{ord(character)};" for character in text
    )


def _one_line(text: str) -> str:
    return " ".join(text.replace(";", ",").split())


def _dot_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
