# ---
# misconception: the template must escape, whatever I made
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


def emphasised(text):
    """Return text as safe HTML: escaped first, so that the tags added afterwards are the only ones."""
    html = text.replace("\r\n", "\n")
    html = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html)
    return html.replace("\n", "<br>")
