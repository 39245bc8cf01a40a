# ---
# misconception: a form's fields are in the query
# caught_by: test_trial
# hint: form
# ---
# %% grade_id="trial"
def trial(environ, start_response):
    form = parse_qs(environ["QUERY_STRING"])
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
