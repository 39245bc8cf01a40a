# ---
# misconception: Content-Length counts characters
# caught_by: test_hello_names
# hint: content-length
# ---
# %% grade_id="health"
def health(environ, start_response):
    return send_text(start_response, "200 OK", "ok")


def send_text(start_response, status, text, headers=()):
    start_response(
        status,
        [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text))), *headers],
    )
    return [text.encode("utf-8")]
