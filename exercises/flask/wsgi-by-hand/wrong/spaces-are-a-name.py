# ---
# misconception: a text that isn't empty says something
# caught_by: test_trial_refuses
# hint: white-space
# ---
# %% grade_id="trial"
def trial(environ, start_response):
    length = int(environ.get("CONTENT_LENGTH") or 0)
    form = parse_qs(environ["wsgi.input"].read(length).decode("utf-8", errors="replace"))
    name, email = (form.get(field, [""])[0] for field in ("name", "email"))
    problems = []
    if not name:
        problems.append("name is missing")
    if not email:
        problems.append("email is missing")
    elif "@" not in email:
        problems.append("email has no @")
    if problems:
        return send_text(start_response, "400 Bad Request", "\n".join(problems))
    location = "/hello?" + urlencode({"name": name.strip()})
    start_response("303 See Other", [("Location", location), ("Content-Length", "0")])
    return []
