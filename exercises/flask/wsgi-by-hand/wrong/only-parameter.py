# ---
# misconception: the query holds nothing but the name
# caught_by: test_hello
# hint: query
# ---
# %% grade_id="hello"
from urllib.parse import unquote_plus


def hello(environ, start_response):
    name = unquote_plus(environ["QUERY_STRING"].removeprefix("name="))
    return send_text(start_response, "200 OK", f"Hello, {name or 'world'}!")
