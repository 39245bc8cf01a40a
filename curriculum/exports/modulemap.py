"""The modules as a map: which comes before which, and nothing that follows from the rest."""

from __future__ import annotations

from curriculum.model import Path


def needed_modules(path: Path) -> dict[str, tuple[str, ...]]:
    """Return for each module the earlier ones that its skills build on, in path order.

    Prerequisites are between skills; a later module that a single skill looks back to is no prerequisite of the
    whole, so only modules that stand before it in the path count.
    """
    home = {skill.id: module.id for module in path.modules.values() for skill in module.skills}
    place = {name: position for position, name in enumerate(path.modules)}
    needs = {}
    for module in path.modules.values():
        before = {home[name] for skill in module.skills for name in skill.prerequisites}
        needs[module.id] = tuple(
            sorted((name for name in before if place[name] < place[module.id]), key=place.__getitem__)
        )
    return needs


def reduced(needs: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the needs without those that follow from others: the transitive reduction.

    Args:
        needs: for each node what it needs; a node stands after all that it needs.

    >>> reduced({"web": (), "flask": ("web",), "apis": ("web", "flask")})
    {'web': (), 'flask': ('web',), 'apis': ('flask',)}
    """
    reach: dict[str, frozenset[str]] = {}
    shorter = {}
    for name, before in needs.items():
        through = frozenset().union(*(reach[other] for other in before))
        shorter[name] = tuple(other for other in before if other not in through)
        reach[name] = through.union(before)
    return shorter
