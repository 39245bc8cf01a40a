# ---
# note: check_device with a loop over rules, in place of a chain of ifs
# ---
# %% grade_id="check_device"
KINDS = {"camera", "laptop", "phone", "tablet"}


def check_device(data: dict) -> tuple[dict, dict]:
    rules = {
        "name": (lambda v: type(v) is str and 0 < len(v.strip()) < 81, "Give 1 to 80 characters."),
        "kind": (lambda v: type(v) is str and v in KINDS, "Give a kind that we lend."),
        "available": (lambda v: v is True or v is False, "Give true or false."),
    }
    given = {"available": True} | {field: data[field] for field in rules if field in data}
    problems = {field: text for field, (holds, text) in rules.items() if not holds(given.get(field))}
    if problems:
        return {}, problems
    return given | {"name": given["name"].strip()}, {}
