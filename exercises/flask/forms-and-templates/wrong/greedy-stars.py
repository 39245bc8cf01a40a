# ---
# misconception: a pattern stops at the first end
# caught_by: test_comment
# hint: bold
# ---
# %% grade_id="comment"
def create_comment_app(comment: str) -> Flask:
    """Return an application that shows one comment."""
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
    html = re.sub(r"\*\*(.+)\*\*", r"<strong>\1</strong>", html)
    return Markup(html.replace("\n", "<br>"))
