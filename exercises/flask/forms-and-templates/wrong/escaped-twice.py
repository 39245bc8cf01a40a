# ---
# misconception: text must be escaped before the template gets it
# caught_by: test_list_is_safe
# hint: escape
# ---
# %% grade_id="list"
def create_list_app(people: list[dict]) -> Flask:
    """Return an application that shows who comes."""
    app = Flask(__name__)

    @app.get("/")
    def show_list():
        return render_template_string(
            LIST_PAGE, people=[{**person, "name": html.escape(person["name"])} for person in people]
        )

    return app


import html

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
