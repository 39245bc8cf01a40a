# ---
# misconception: a batch is yielded only when it is full
# caught_by: test_in_batches
# hint: batch-rest
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
