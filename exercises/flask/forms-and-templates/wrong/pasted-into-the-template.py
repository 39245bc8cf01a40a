# ---
# misconception: a template is a text to paste into
# caught_by: test_list_is_safe
# hint: escape
# ---
# %% grade_id="list"
def create_list_app(people: list[dict]) -> Flask:
    """Return an application that shows who comes."""
    app = Flask(__name__)

    @app.get("/")
    def show_list():
        items = "".join(f"<li>{linked(person)}</li>" for person in people)
        count = {0: "Nobody comes yet", 1: "1 person comes"}.get(len(people), f"{len(people)} people come")
        return render_template_string(f"<h1>{count}</h1><ul>{items}</ul>")

    return app


from flask import render_template_string


def linked(person):
    if person["site"].startswith(("http://", "https://")):
        return f'<a href="{person["site"]}">{person["name"]}</a>'
    return person["name"]
