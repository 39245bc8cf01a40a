# ---
# misconception: HEAD is another word for GET
# caught_by: test_head
# hint: head
# ---
# %% grade_id="app"
def app(environ, start_response):
    routes = {"/health": (health, ["GET", "HEAD"]), "/hello": (hello, ["GET", "HEAD"]), "/trial": (trial, ["POST"])}
    if environ["PATH_INFO"] not in routes:
        return send_text(start_response, "404 Not Found", "not found")
    application, methods = routes[environ["PATH_INFO"]]
    if environ["REQUEST_METHOD"] not in methods:
        return send_text(start_response, "405 Method Not Allowed", "no", [("Allow", ", ".join(methods))])
    if environ["REQUEST_METHOD"] == "HEAD":
        pass
    return application(environ, start_response)
