# ---
# misconception: the query arrives decoded
# caught_by: test_hello_names
# hint: decode
# ---
# %% grade_id="hello"
def hello(environ, start_response):
    query = dict(part.partition("=")[::2] for part in environ["QUERY_STRING"].split("&"))
    return send_text(start_response, "200 OK", f"Hello, {query.get('name') or 'world'}!")
