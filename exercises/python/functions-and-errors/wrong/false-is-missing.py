# ---
# misconception: a value that counts as false was not sent
# caught_by: test_check_signup
# hint: check-missing
# ---
# %% grade_id="check_signup"
def check_signup(data):
    problems = {}
    email, password = data.get("email"), data.get("password")
    if not email:
        add_problem("email", "is required", problems)
    elif email.count("@") != 1 or email.startswith("@") or email.endswith("@"):
        add_problem("email", "is not an e-mail address", problems)
    if not password:
        add_problem("password", "is required", problems)
    else:
        if len(str(password)) < 12:
            add_problem("password", "needs 12 characters or more", problems)
        if password == email:
            add_problem("password", "is the same as the e-mail address", problems)
    return problems
