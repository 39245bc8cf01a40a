# ---
# misconception: whatever counts as true or false in Python is a boolean
# caught_by: test_check_device
# hint: only-booleans
# ---
# %% grade_id="check_device"
KINDS = ("camera", "laptop", "phone", "tablet")
MAX_NAME = 80


def check_device(data: dict) -> tuple[dict, dict]:
    """Return the device that a request's body describes, and what is wrong by field."""
    name, kind, available = data.get("name"), data.get("kind"), data.get("available", True)
    if isinstance(name, str):
        name = name.strip()
    problems = {}
    if not isinstance(name, str) or not 1 <= len(name) <= MAX_NAME:
        problems["name"] = f"must be text of 1 to {MAX_NAME} characters"
    if kind not in KINDS:
        problems["kind"] = f"must be one of {', '.join(KINDS)}"
    if available not in (True, False):
        problems["available"] = "must be true or false"
    return {"name": name, "kind": kind, "available": available}, problems
