# ---
# misconception: a path that begins with a route is that route
# caught_by: test_refusals
# hint: not-found
# ---
# %% grade_id="app"
def app(environ, start_response):
    path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
    for start, application, methods in [
        ("/health", health, ["GET", "HEAD"]),
        ("/hello", hello, ["GET", "HEAD"]),
        ("/trial", trial, ["POST"]),
    ]:
        if path.startswith(start):
            if method not in methods:
                return send_text(start_response, "405 Method Not Allowed", "no", [("Allow", ", ".join(methods))])
            body = application(environ, start_response)
            return [] if method == "HEAD" else body
    return send_text(start_response, "404 Not Found", "no")
