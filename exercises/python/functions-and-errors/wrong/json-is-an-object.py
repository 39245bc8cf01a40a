# ---
# misconception: JSON is always an object
# caught_by: test_sign_up
# hint: signup-json
# ---
# %% grade_id="sign_up"
def sign_up(body, taken):
    try:
        data = json.loads(body)
        problems = check_signup(data)
    except (ValueError, AttributeError):
        return 400, {"error": "the body is not JSON"}
    if problems:
        return 422, {"problems": problems}
    try:
        return 201, accounts.create(data["email"], taken)
    except accounts.EmailTakenError as error:
        return 409, {"error": str(error)}
