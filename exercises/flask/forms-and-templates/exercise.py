# ---
# title: Forms and templates
# kind: http
# seconds: 5
# ---

# %% [markdown]
# # Forms and templates
#
# A youth centre runs workshops, and people sign up on its web site. What they type is shown to everyone: their name on
# the list, a comment under the workshop, a link to their own page. Last year somebody "signed up" with a name that was a
# script, and it ran in the browser of everyone who opened the list. You write the pages again, so that they show what people
# typed and nothing more.
#
# Three tasks, 20 points. Each asks for a function that returns a new Flask application, whose pages are HTML made from
# templates. In a notebook a template is a text, and `render_template_string(PAGE, name=name)`, which you import from `flask`,
# fills it in.
#
# The tests read your pages as a browser does, by their elements: which tags, classes and words you put around them is up
# to you. The next cell is how they do it; run it and leave it as it is.

# %% tags=["setup"] grade_id="setup"
from html.parser import HTMLParser

from autograder.student import hint, student
from flask import Flask


class Page(HTMLParser):
    """A page's elements, as a browser finds them."""

    def __init__(self, response):
        super().__init__()
        self.found = []
        self.open = []
        self.feed(response.text)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag == "li":
            self.handle_endtag("li")  # HTML lets it stay open until the next one
        element = {"tag": tag, "text": "", **dict(attributes)}
        self.found.append(element)
        if tag not in ("input", "br", "hr", "img", "meta", "link"):
            self.open.append(element)

    def handle_endtag(self, tag):
        while any(element["tag"] == tag for element in self.open):
            if self.open.pop()["tag"] == tag:
                break

    def handle_data(self, text):
        for element in self.open:
            element["text"] += text

    def all(self, tag):
        """Return all elements of a tag, each as a dictionary of its attributes and its `text`."""
        return [element for element in self.found if element["tag"] == tag]

    def texts(self, tag):
        """Return the text inside each element of a tag, with white space as a browser shows it."""
        return [" ".join(element["text"].split()) for element in self.all(tag)]

    def field(self, name):
        """Return the form's field of that name, or an empty dictionary."""
        return next((element for element in self.all("input") if element.get("name") == name), {})


# %% [markdown]
# ## Task 1: the list of those who come (5 points)
#
# Write `create_list_app(people)`. `people` is a list of dictionaries such as `{"name": "Ada", "site": "https://ada.example"}`;
# `site` is what the person typed as the address of their own page and may be empty.
#
# `GET /` answers `200` with a page that has
#
# - one `<h1>` with the number of people: `Nobody comes yet`, `1 person comes`, `2 people come`;
# - one `<li>` for each person, in the order of the list, whose text is the name and nothing else;
# - inside it, where the person gave a page, a link `<a href="…">` around the name. Only addresses that begin with `http://`
#   or `https://` (in small letters) become links: an address such as `javascript:alert(1)` would run when somebody clicks it.
#
# Everything that a person typed is shown as they typed it, whatever characters it holds.


# %% tags=["task"] grade_id="list"
def create_list_app(people: list[dict]) -> Flask:
    """Return an application that shows who comes."""
    ### BEGIN SOLUTION
    app = Flask(__name__)

    @app.get("/")
    def show_list():
        return render_template_string(LIST_PAGE, people=people)

    return app


from flask import render_template_string

LIST_PAGE = """
<!doctype html>
<html lang="en">
<title>Workshop</title>
<h1>
  {%- if not people %}Nobody comes yet
  {%- elif people | length == 1 %}1 person comes
  {%- else %}{{ people | length }} people come
  {%- endif -%}
</h1>
<ul>
{% for person in people %}
  <li>
    {%- if person.site.startswith(("http://", "https://")) -%}
      <a href="{{ person.site }}">{{ person.name }}</a>
    {%- else -%}
      {{ person.name }}
    {%- endif -%}
  </li>
{% endfor %}
</ul>
</html>
"""
### END SOLUTION


# %% tags=["test"] grade_id="test_list" points=2 skills=["flask.templates"]
people = [{"name": "Ada", "site": "https://ada.example"}, {"name": "Bob", "site": ""}]
page = Page(student.client("create_list_app", people).get("/"))
assert page.texts("h1") == ["2 people come"], hint("counted")
assert page.texts("li") == ["Ada", "Bob"], hint("loop")
assert [(link["text"].strip(), link["href"]) for link in page.all("a")] == [("Ada", "https://ada.example")], hint(
    "link"
)
assert Page(student.client("create_list_app", []).get("/")).texts("h1") == ["Nobody comes yet"], hint("counted")
### BEGIN HIDDEN TESTS
response = student.client("create_list_app", people[1:]).get("/")
assert (response.status, response.headers.get("Content-Type")) == (200, "text/html; charset=utf-8"), hint("loop")
page = Page(response)
assert (page.texts("h1"), page.texts("li"), page.all("a")) == (["1 person comes"], ["Bob"], []), hint("counted")
page = Page(student.client("create_list_app", []).get("/"))
assert (page.texts("li"), page.all("a")) == ([], []), hint("loop")
page = Page(student.client("create_list_app", [{"name": f"P{number}", "site": ""} for number in range(12)]).get("/"))
assert (page.texts("h1"), len(page.texts("li"))) == (["12 people come"], 12), hint("counted")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_list_is_safe" points=3 skills=["flask.templates"]
people = [{"name": "<script>alert(1)</script>", "site": ""}, {"name": "Eve", "site": "javascript:alert(1)"}]
page = Page(student.client("create_list_app", people).get("/"))
assert page.texts("li") == ["<script>alert(1)</script>", "Eve"], hint("escape")
assert page.all("a") == [], hint("link-scheme")
### BEGIN HIDDEN TESTS
assert page.all("script") == [], hint("escape")
people = [
    {"name": 'Ann "The <b>" O\'Hara & Co &lt;', "site": 'https://ann.example/?a=1&b="><i>'},
    {"name": "{{ 7 * 7 }}", "site": "http://old.example/ onmouseover=alert(1)"},
    {"name": "Zoë 李", "site": "data:text/html,<script>alert(1)</script>"},
    {"name": "Mallory", "site": "httpx://example"},
    {"name": "Trudy", "site": "see https://example"},
    {"name": "Oscar", "site": "JavaScript:alert('http://')"},
]
page = Page(student.client("create_list_app", people).get("/"))
assert page.texts("li") == [person["name"] for person in people], hint("escape")
assert [link["text"].strip() for link in page.all("a")] == [people[0]["name"], people[1]["name"]], hint("link-scheme")
assert [link["href"] for link in page.all("a")] == [people[0]["site"], people[1]["site"]], hint("attribute")
assert [sorted(link) for link in page.all("a")] == [["href", "tag", "text"]] * 2, hint("attribute")
assert (page.all("b"), page.all("i"), page.all("script")) == ([], [], []), hint("escape")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: the form (9 points)
#
# Write `create_signup_app()`. Its application keeps the people who signed up in a list of its own, so each call of the
# function starts with an empty one.
#
# `GET /signup` answers `200` with a page that holds one `<form method="post" action="/signup">` with two fields,
# `<input name="name" …>` and `<input name="age" …>`, and a button to send it.
#
# `POST /signup` takes the form. White space at the ends of both fields is removed. Then
#
# | field | must be | if not, the message is |
# | --- | --- | --- |
# | `name` | 1 to 40 characters | `Give a name of 1 to 40 characters.` |
# | `age` | a whole number from 12 to 99, in the digits 0 to 9 | `Give an age from 12 to 99.` |
#
# - If something is wrong (or missing), the answer is `422` with the form again. Each `<input>` then has as its `value` what
#   the person typed (without the white space at its ends), and the page holds one `<li>` for each message, in the order of
#   the table. Nothing is stored.
# - If all is well, the person is stored, and the answer is `303` with a `Location` that leads to `/thanks/1` for the first
#   person, `/thanks/2` for the second, and so on: so a reload of the page that follows doesn't sign the person up a second
#   time.
#
# `GET /thanks/1` answers `200` with a page that has one `<h1>`: `See you, Ada!` for a person called Ada. When no such person
# signed up it answers `404`.


# %% tags=["task"] grade_id="signup"
def create_signup_app() -> Flask:
    """Return an application on which people sign up."""
    ### BEGIN SOLUTION
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
    if not re.fullmatch("[0-9]{1,3}", form["age"]) or not 12 <= int(form["age"]) <= 99:
        problems.append("Give an age from 12 to 99.")
    return problems


### END SOLUTION


# %% tags=["test"] grade_id="test_form" points=2 skills=["flask.forms"]
response = student.client("create_signup_app").get("/signup")
page = Page(response)
assert response.status == 200, hint("form")
assert [(form.get("method", "").lower(), form.get("action")) for form in page.all("form")] == [("post", "/signup")], (
    hint("form")
)
assert [page.field(name).get("name") for name in ("name", "age")] == ["name", "age"], hint("form")
### BEGIN HIDDEN TESTS
assert response.headers.get("Content-Type") == "text/html; charset=utf-8", hint("form")
assert [page.field(name).get("value") or "" for name in ("name", "age")] == ["", ""], hint("form-empty")
assert page.texts("li") == [], hint("form-empty")
buttons = page.all("button") + [field for field in page.all("input") if field.get("type") == "submit"]
assert len(buttons) == 1, hint("form")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_problems" points=4 skills=["flask.forms", "flask.templates"]
client = student.client("create_signup_app")
response = client.post("/signup", data={"name": " ", "age": "11"})
page = Page(response)
assert response.status == 422, hint("refused")
assert page.texts("li") == ["Give a name of 1 to 40 characters.", "Give an age from 12 to 99."], hint("messages")
response = client.post("/signup", data={"name": "Ada", "age": "old"})
page = Page(response)
assert (response.status, page.texts("li")) == (422, ["Give an age from 12 to 99."]), hint("messages")
assert (page.field("name").get("value"), page.field("age").get("value")) == ("Ada", "old"), hint("keep-typed")
### BEGIN HIDDEN TESTS
assert [form.get("action") for form in page.all("form")] == ["/signup"], hint("refused")
for age in ("100", "-20", "20.5", "", "1e1", "9" * 5000, "twenty"):
    response = client.post("/signup", data={"name": "Ada", "age": age})
    assert (age[:9], response.status) == (age[:9], 422), hint("age")
    assert Page(response).texts("li") == ["Give an age from 12 to 99."], hint("age")
response = client.post("/signup", data={"name": "n" * 41, "age": "12"})
page = Page(response)
assert (response.status, page.texts("li")) == (422, ["Give a name of 1 to 40 characters."]), hint("name")
assert (page.field("name").get("value"), page.field("age").get("value")) == ("n" * 41, "12"), hint("keep-typed")
response = client.post("/signup")
assert (response.status, len(Page(response).texts("li"))) == (422, 2), hint("missing-field")
response = client.post(
    "/signup", data={"name": '  "><script>alert(1)</script> ', "age": '5" autofocus onfocus="alert(1)'}
)
page = Page(response)
assert page.field("name").get("value") == '"><script>alert(1)</script>', hint("attribute")
assert page.field("age").get("value") == '5" autofocus onfocus="alert(1)', hint("attribute")
assert (page.all("script"), "onfocus" in page.field("age")) == ([], False), hint("attribute")
response = client.post("/signup", data={"name": "a b=c", "age": "5 onfocus=alert(1)"})
page = Page(response)
assert page.field("age").get("value") == "5 onfocus=alert(1)", hint("attribute")
assert client.get("/thanks/1").status == 404, hint("nothing-stored")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_signup" points=3 skills=["flask.forms"]
client = student.client("create_signup_app")
response = client.post("/signup", data={"name": " Ada ", "age": "12"})
assert (response.status, response.headers.get("Location")) == (303, "/thanks/1"), hint("redirect")
response = client.get("/thanks/1")
assert (response.status, Page(response).texts("h1")) == (200, ["See you, Ada!"]), hint("thanks")
assert client.get("/thanks/2").status == 404, hint("nobody")
### BEGIN HIDDEN TESTS
for name, age in (("n" * 40, "99"), ("X", "13"), ("<b>Bob</b> & {{ 7 * 7 }}", " 20 ")):
    response = client.post("/signup", data={"name": name, "age": age})
    assert response.status == 303, hint("name")
    page = Page(client.get(response.headers["Location"]))
    assert page.texts("h1") == [f"See you, {name}!"], hint("escape")
assert response.headers["Location"] == "/thanks/4", hint("redirect")
assert Page(client.get("/thanks/1")).texts("h1") == ["See you, Ada!"], hint("thanks")
assert client.get("/thanks/0").status == 404, hint("nobody")
assert client.get("/thanks/5").status == 404, hint("nobody")
assert client.get("/thanks/me").status == 404, hint("nobody")
assert student.client("create_signup_app").get("/thanks/1").status == 404, hint("own-list")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: comments with emphasis (6 points)
#
# Write `create_comment_app(comment)`. `comment` is a text that somebody typed. `GET /` answers `200` with a page that holds
# one `<blockquote>` with the comment in it. People like to stress a word, so two stars around a part of a line make it bold,
# and a line break (`\n`; browsers send `\r\n`, which is one break too) starts a new line:
#
# | typed | HTML inside the `<blockquote>` |
# | --- | --- |
# | `Come **early**!` | `Come <strong>early</strong>!` |
# | `one\ntwo` | `one<br>two` |
# | `1 < 2 & **<b>**` | `1 &lt; 2 &amp; <strong>&lt;b&gt;</strong>` |
#
# - Between the two pairs of stars there is at least one character, and no line break. The bold part ends at the first pair
#   of stars that can end it: `**a** b **c**` has two bold parts.
# - Stars that are not such a pair stay as they are: `2 * 3`, `**`, `**open`.
# - All else that was typed is text and nothing but text.


# %% tags=["task"] grade_id="comment"
def create_comment_app(comment: str) -> Flask:
    """Return an application that shows one comment."""
    ### BEGIN SOLUTION
    app = Flask(__name__)

    @app.get("/")
    def show_comment():
        return render_template_string("<blockquote>{{ comment }}</blockquote>", comment=emphasised(comment))

    return app


import re

from flask import render_template_string
from markupsafe import Markup, escape


def emphasised(text):
    """Return text as safe HTML: escaped first, so that the tags added afterwards are the only ones."""
    html = str(escape(text.replace("\r\n", "\n")))
    html = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html)
    return Markup(html.replace("\n", "<br>"))


### END SOLUTION


# %% tags=["test"] grade_id="test_comment" points=3 skills=["flask.templates"]
response = student.client("create_comment_app", "Come **early**!").get("/")
page = Page(response)
assert (response.status, page.texts("blockquote"), page.texts("strong")) == (200, ["Come early!"], ["early"]), hint(
    "bold"
)
page = Page(student.client("create_comment_app", "one\ntwo").get("/"))
assert page.texts("blockquote") in (["onetwo"], ["one two"]), hint("line-break")
assert len(page.all("br")) == 1, hint("line-break")
### BEGIN HIDDEN TESTS
for comment, text, bold in [
    ("**a** b **c**", "a b c", ["a", "c"]),
    ("**long part** end", "long part end", ["long part"]),
    ("2 * 3 ** 4", "2 * 3 ** 4", []),
    ("**open", "**open", []),
    ("plain", "plain", []),
    ("**1** ** 2", "1 ** 2", ["1"]),
]:
    page = Page(student.client("create_comment_app", comment).get("/"))
    assert (page.texts("blockquote"), page.texts("strong")) == ([text], bold), hint("bold")
    assert page.all("br") == [], hint("line-break")
page = Page(student.client("create_comment_app", "**a\nb** c").get("/"))
assert (page.texts("strong"), len(page.all("br"))) == ([], 1), hint("bold-one-line")
page = Page(student.client("create_comment_app", "**a\r\nb** c").get("/"))
assert (page.texts("strong"), len(page.all("br"))) == ([], 1), hint("bold-one-line")
page = Page(student.client("create_comment_app", "a\r\n\r\n**b**").get("/"))
assert (page.texts("strong"), len(page.all("br"))) == (["b"], 2), hint("line-break")
assert page.texts("blockquote") in (["ab"], ["a b"]), hint("line-break")
page = Page(student.client("create_comment_app", "**a**\nb\n**c**").get("/"))
assert (page.texts("strong"), len(page.all("br"))) == (["a", "c"], 2), hint("line-break")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_comment_is_safe" points=3 skills=["flask.templates"]
page = Page(student.client("create_comment_app", "1 < 2 & **<b>**").get("/"))
assert (page.texts("blockquote"), page.texts("strong")) == (["1 < 2 & <b>"], ["<b>"]), hint("escape-first")
assert page.all("b") == [], hint("escape-first")
### BEGIN HIDDEN TESTS
for comment in (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "</blockquote><h1>Free money</h1>",
    "&lt;b&gt; and &amp;",
    "{{ 7 * 7 }} {% raw %}",
    "{{ config }}",
    'He said: "It\'s **"good"**"',
):
    response = student.client("create_comment_app", comment).get("/")
    page = Page(response)
    assert (response.status, page.texts("blockquote")) == (200, [comment.replace("**", "")]), hint("escape-first")
    assert [element["tag"] for element in page.found if element["tag"] in ("script", "img", "h1", "b")] == [], hint(
        "escape-first"
    )
page = Page(student.client("create_comment_app", "**<script>alert(1)</script>**\n<br>").get("/"))
assert (page.texts("strong"), len(page.all("br"))) == (["<script>alert(1)</script>"], 1), hint("escape-first")
### END HIDDEN TESTS

# %% [markdown]
# ## When all is green
#
# - Somebody puts a form on *their* site whose `action` is your `/signup`, and a visitor clicks its button. What does your
#   application do? Look up *cross-site request forgery* (CSRF), and what a hidden field with a random token would change.
# - The header `Content-Security-Policy: script-src 'self'` tells the browser to run no script that stands in the page.
#   Why is it good to send it even though your pages are safe?
