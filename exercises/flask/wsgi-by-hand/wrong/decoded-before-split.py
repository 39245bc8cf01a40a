# ---
# misconception: decode first, then split
# caught_by: test_hello_names
# hint: decode
# ---
# %% grade_id="hello"
from urllib.parse import unquote_plus


def hello(environ, start_response):
    query = dict(part.partition("=")[::2] for part in unquote_plus(environ["QUERY_STRING"]).split("&"))
    return send_text(start_response, "200 OK", f"Hello, {query.get('name') or 'world'}!")
