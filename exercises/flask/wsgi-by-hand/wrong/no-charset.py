# ---
# misconception: the type alone says how to read text
# caught_by: test_health
# hint: content-type
# ---
# %% grade_id="health"
def health(environ, start_response):
    return send_text(start_response, "200 OK", "ok")


def send_text(start_response, status, text, headers=()):
    body = text.encode("utf-8")
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body))), *headers])
    return [body]
