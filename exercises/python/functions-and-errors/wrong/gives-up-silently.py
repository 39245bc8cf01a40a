# ---
# misconception: after the last attempt there is nothing left to say
# caught_by: test_retry
# hint: retry-last
# ---
# %% grade_id="retry"
def retry(attempts):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for _ in range(attempts):
                try:
                    return function(*args, **kwargs)
                except ConnectionError:
                    pass

        return wrapper

    return decorate
