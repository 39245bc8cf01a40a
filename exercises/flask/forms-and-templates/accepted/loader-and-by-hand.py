# ---
# note: inheritance from a DictLoader, Python's html.escape instead of templates, a line-by-line comment
# ---
# %% grade_id="list"
import html


def create_list_app(people: list[dict]) -> Flask:
    app = Flask("list")

    @app.route("/")
    def index():
        headings = ["Nobody comes yet", "1 person comes"]
        heading = headings[len(people)] if len(people) < 2 else f"{len(people)} people come"
        items = []
        for person in people:
            name = html.escape(person["name"])
            if person["site"][:7] == "http://" or person["site"][:8] == "https://":
                name = f"<a href='{html.escape(person['site'])}'>{name}</a>"
            items.append(f"<li class=person>{name}")
        return f"<!doctype html><h1>{heading}</h1><ol>{''.join(items)}</ol>"

    return app


# %% grade_id="signup"
from flask import make_response, render_template, request
from jinja2 import DictLoader


def create_signup_app() -> Flask:
    app = Flask("signup")
    app.jinja_loader = DictLoader(
        {
            "base.html": "<!doctype html><title>Workshop</title><main>{% block main %}{% endblock %}</main>",
            "form.html": """
{% extends "base.html" %}
{% macro field(name, value) %}<input id="{{ name }}" name="{{ name }}" value="{{ value }}" />{% endmacro %}
{% block main %}
  <form action="/signup" method="POST">
    <p>{{ field("name", name) }} {{ field("age", age) }} <input type="submit" value="Sign up"></p>
  </form>
  {% for line in wrong %}{% if loop.first %}<ul>{% endif %}<li><b>{{ line }}</b></li>{% endfor %}
{% endblock %}
""",
            "thanks.html": "{% extends 'base.html' %}{% block main %}<h1>See you, {{ who }}!</h1>{% endblock %}",
        }
    )
    names = {}

    @app.route("/signup", methods=["GET", "POST"])
    def signup():
        name = (request.form.get("name") or "").strip()
        age = (request.form.get("age") or "").strip()
        if request.method == "GET":
            return render_template("form.html", name="", age="", wrong=[])
        wrong = []
        if not name or len(name) > 40:
            wrong.append("Give a name of 1 to 40 characters.")
        if age not in {str(number) for number in range(12, 100)}:
            wrong.append("Give an age from 12 to 99.")
        if wrong:
            return make_response(render_template("form.html", **locals()), 422)
        names[str(len(names) + 1)] = name
        return "", 303, {"Location": f"/thanks/{len(names)}"}

    @app.route("/thanks/<number>")
    def thanks(number):
        if number in names:
            return render_template("thanks.html", who=names[number])
        return "Nobody", 404

    return app


# %% grade_id="comment"
import re

from flask import render_template_string


def create_comment_app(comment: str) -> Flask:
    app = Flask("comment")
    lines = [re.split(r"\*\*(.+?)\*\*", line) for line in re.split("\r?\n", comment)]
    page = (
        "<blockquote>{% for line in lines %}"
        "{% for part in line %}{% if loop.index0 % 2 %}<strong>{{ part }}</strong>{% else %}{{ part }}{% endif %}"
        "{% endfor %}{% if not loop.last %}<br/>{% endif %}\n{% endfor %}</blockquote>"
    )

    @app.route("/")
    def index():
        return render_template_string(page, lines=lines)

    return app
