# ---
# misconception: every error may go away by itself
# caught_by: test_retry
# hint: retry-others
# ---
# %% grade_id="retry"
def retry(attempts):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for attempt in range(attempts):
                try:
                    return function(*args, **kwargs)
                except Exception:
                    if attempt == attempts - 1:
                        raise

        return wrapper

    return decorate
