# ---
# misconception: the length is that of the text as it came
# caught_by: test_check_device
# hint: name-length
# ---
# %% grade_id="check_device"
KINDS = ("camera", "laptop", "phone", "tablet")
MAX_NAME = 80


def check_device(data: dict) -> tuple[dict, dict]:
    """Return the device that a request's body describes, and what is wrong by field."""
    name, kind, available = data.get("name"), data.get("kind"), data.get("available", True)
    problems = {}
    if not isinstance(name, str) or not 1 <= len(name) <= MAX_NAME:
        problems["name"] = f"must be text of 1 to {MAX_NAME} characters"
    if kind not in KINDS:
        problems["kind"] = f"must be one of {', '.join(KINDS)}"
    if not isinstance(available, bool):
        problems["available"] = "must be true or false"
    if not problems:
        name = name.strip()
    return {"name": name, "kind": kind, "available": available}, problems
