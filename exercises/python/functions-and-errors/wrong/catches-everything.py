# ---
# misconception: a service must answer whatever happens, so catch every error
# caught_by: test_sign_up
# hint: signup-swallowed
# ---
# %% grade_id="sign_up"
def sign_up(body, taken):
    try:
        data = json.loads(body)
    except ValueError:
        return 400, {"error": "the body is not JSON"}
    if not isinstance(data, dict):
        return 400, {"error": "the body is not a JSON object"}
    problems = check_signup(data)
    if problems:
        return 422, {"problems": problems}
    try:
        return 201, accounts.create(data["email"], taken)
    except Exception as error:
        return 409, {"error": str(error)}
