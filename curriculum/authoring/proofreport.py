"""Proofs as a person reads them (a row an exercise, then what to mend) and as programs do (plain data)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from curriculum.authoring.finding import Finding, finding_data
from curriculum.authoring.proof import Proof


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Print findings, each in the form `file:line: problem remedy [rule]`."""
    for finding in findings:
        head, _, detail = finding.text.partition("\n")
        console.print(Text(head), soft_wrap=True)
        if detail:
            console.print(Text(detail, style="dim"), soft_wrap=True)


def print_proofs(console: Console, proofs: Sequence[Proof], *, quick: bool = False) -> None:
    """Print what must be mended, then a row an exercise, and the mutation score of all."""
    print_findings(console, [finding for proof in proofs for finding in proof.findings])
    table = Table(box=None, padding=(0, 1), pad_edge=False)
    table.add_column("Exercise", overflow="fold")
    for heading in ("Wrong", "Cheats", "Mutants", "Seconds"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Result", no_wrap=True)
    for proof in proofs:
        table.add_row(
            escape(proof.exercise),
            str(proof.wrong),
            "–" if quick else str(proof.cheats),
            "–" if quick else _mutants(proof),
            f"{proof.seconds:.1f} of {proof.budget:g}",
            _outcome(proof, quick=quick),
        )
    console.print(table)
    if not quick:
        console.print(f"Mutation score: {total_score(proofs):.1%} of the mutants were noticed by a test.")


def total_score(proofs: Sequence[Proof]) -> float:
    """Return the share, from 0 to 1, of all mutants run that were killed; an excused one is not."""
    run = sum(proof.mutants.run for proof in proofs)
    return sum(proof.mutants.killed for proof in proofs) / run if run else 1.0


def proofs_data(proofs: Sequence[Proof]) -> dict[str, Any]:
    """Return proofs as plain data, for JSON."""
    return {
        "holds": all(proof.holds for proof in proofs),
        "mutation_score": round(total_score(proofs), 4),
        "exercises": [_proof_data(proof) for proof in proofs],
    }


def _proof_data(proof: Proof) -> dict[str, Any]:
    data = {**msgspec.structs.asdict(proof), "holds": proof.holds}
    data["findings"] = [finding_data(finding) for finding in proof.findings]
    data["mutants"] = {**msgspec.structs.asdict(proof.mutants), "score": round(proof.mutants.score, 4)}
    return data


def _mutants(proof: Proof) -> str:
    count = proof.mutants
    excused = f" + {count.excused}" if count.excused else ""
    return f"{count.killed}{excused} of {count.run}"


def _outcome(proof: Proof, *, quick: bool) -> str:
    if not proof.holds:
        return f"[red]{len(proof.findings)} to mend[/]"
    if quick:
        return "[green]so far[/]"
    return "[green]as before[/]" if proof.cached else "[green]proved[/]"
