# ---
# misconception: after the loop there is always a rest
# caught_by: test_in_batches
# hint: batch-empty
# ---
# %% grade_id="in_batches"
def in_batches(items, size):
    if size < 1:
        raise ValueError(size)
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    yield batch
