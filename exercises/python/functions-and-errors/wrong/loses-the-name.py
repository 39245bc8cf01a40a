# ---
# misconception: a decorated function is still the function that was written
# caught_by: test_retry_keeps_the_name
# hint: retry-wraps
# ---
# %% grade_id="retry"
def retry(attempts):
    def decorate(function):
        def wrapper(*args, **kwargs):
            for _ in range(attempts - 1):
                try:
                    return function(*args, **kwargs)
                except ConnectionError:
                    continue
            return function(*args, **kwargs)

        return wrapper

    return decorate
