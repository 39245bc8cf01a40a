# ---
# misconception: people type numbers where numbers belong
# caught_by: test_problems
# hint: messages
# ---
# %% grade_id="signup"
def create_signup_app() -> Flask:
    """Return an application on which people sign up."""
    app = Flask(__name__)
    people = []

    @app.get("/signup")
    def show_form():
        return render_template_string(FORM_PAGE, form={})

    @app.post("/signup")
    def take_form():
        form = {field: request.form.get(field, "").strip() for field in ("name", "age")}
        problems = problems_of(form)
        if problems:
            return render_template_string(FORM_PAGE, form=form, problems=problems), 422
        people.append(form)
        return redirect(url_for("thanks", number=len(people)), 303)

    @app.get("/thanks/<int:number>")
    def thanks(number):
        if not 1 <= number <= len(people):
            abort(404)
        return render_template_string("<h1>See you, {{ name }}!</h1>", name=people[number - 1]["name"])

    return app


import re

from flask import abort, redirect, render_template_string, request, url_for

FORM_PAGE = """
<!doctype html>
<html lang="en">
<title>Sign up</title>
{% if problems %}
<ul>{% for problem in problems %}<li>{{ problem }}</li>{% endfor %}</ul>
{% endif %}
<form method="post" action="/signup">
  <label>Name <input name="name" value="{{ form.name }}"></label>
  <label>Age <input name="age" value="{{ form.age }}" inputmode="numeric"></label>
  <button>Sign up</button>
</form>
</html>
"""


def problems_of(form):
    """Return a message for each field that breaks its rule."""
    problems = []
    if not 1 <= len(form["name"]) <= 40:
        problems.append("Give a name of 1 to 40 characters.")
    if not 12 <= int(form["age"]) <= 99:
        problems.append("Give an age from 12 to 99.")
    return problems
