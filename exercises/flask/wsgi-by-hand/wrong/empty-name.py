# ---
# misconception: a parameter that is there has a value
# caught_by: test_hello
# hint: no-name
# ---
# %% grade_id="hello"
def hello(environ, start_response):
    query = parse_qs(environ["QUERY_STRING"], keep_blank_values=True)
    return send_text(start_response, "200 OK", f"Hello, {query.get('name', ['world'])[0]}!")
