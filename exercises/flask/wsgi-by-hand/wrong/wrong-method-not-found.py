# ---
# misconception: method and path together are the route, so a wrong method is not found
# caught_by: test_refusals
# hint: allow
# ---
# %% grade_id="app"
def app(environ, start_response):
    application = {
        ("GET", "/health"): health,
        ("GET", "/hello"): hello,
        ("POST", "/trial"): trial,
    }.get((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
    if application is None:
        return send_text(start_response, "404 Not Found", "not found")
    return application(environ, start_response)
