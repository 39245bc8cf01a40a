# ---
# misconception: escaped text can stand in a template
# caught_by: test_comment_is_safe
# hint: escape-first
# ---
# %% grade_id="comment"
def create_comment_app(comment: str) -> Flask:
    """Return an application that shows one comment."""
    app = Flask(__name__)

    @app.get("/")
    def show_comment():
        return render_template_string(f"<blockquote>{emphasised(comment)}</blockquote>")

    return app


import re

from flask import render_template_string
from markupsafe import Markup, escape


def emphasised(text):
    """Return text as safe HTML: escaped first, so that the tags added afterwards are the only ones."""
    html = str(escape(text.replace("\r\n", "\n")))
    html = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html)
    return Markup(html.replace("\n", "<br>"))
