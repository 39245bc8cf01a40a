# ---
# misconception: a default value is made anew at each call
# caught_by: test_add_problem
# hint: problems-remembered
# ---
# %% grade_id="add_problem"
def add_problem(field, message, problems={}):
    problems.setdefault(field, []).append(message)
    return problems
