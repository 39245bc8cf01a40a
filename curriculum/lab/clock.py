"""The time by which reviews come due; a test may set it forward."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

DAYS_AHEAD = "BACKEND_PATH_DAYS_AHEAD"
"""Names a file with a number of days; only tests set it, to review on the next day."""


def now() -> datetime:
    """Return the present time in UTC."""
    file = os.environ.get(DAYS_AHEAD)
    ahead = float(Path(file).read_text(encoding="ascii")) if file and Path(file).is_file() else 0.0
    return datetime.now(UTC) + timedelta(days=ahead)
