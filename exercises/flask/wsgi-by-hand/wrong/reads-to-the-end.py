# ---
# misconception: a body is read to its end
# caught_by: test_trial_refuses
# hint: length-of-body
# ---
# %% grade_id="trial"
def trial(environ, start_response):
    form = parse_qs(environ["wsgi.input"].read().decode("utf-8", errors="replace"))
    if not environ.get("CONTENT_LENGTH"):
        form = {}
    name, email = (form.get(field, [""])[0].strip() for field in ("name", "email"))
    problems = []
    if not name:
        problems.append("name is missing")
    if not email:
        problems.append("email is missing")
    elif "@" not in email:
        problems.append("email has no @")
    if problems:
        return send_text(start_response, "400 Bad Request", "\n".join(problems))
    location = "/hello?" + urlencode({"name": name})
    start_response("303 See Other", [("Location", location), ("Content-Length", "0")])
    return []
