# ---
# misconception: one problem is enough to answer
# caught_by: test_check_signup
# hint: check-all
# ---
# %% grade_id="check_signup"
def check_signup(data):
    email, password = data.get("email"), data.get("password")
    if not isinstance(email, str):
        return {"email": ["is required"]}
    if email.count("@") != 1 or email.startswith("@") or email.endswith("@"):
        return {"email": ["is not an e-mail address"]}
    if not isinstance(password, str):
        return {"password": ["is required"]}
    if len(password) < 12:
        return {"password": ["needs 12 characters or more"]}
    if password == email:
        return {"password": ["is the same as the e-mail address"]}
    return {}
