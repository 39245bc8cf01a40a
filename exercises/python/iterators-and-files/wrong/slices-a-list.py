# ---
# misconception: everything that can be looped over can be sliced cheaply, so make a list of it
# caught_by: test_in_batches
# hint: batch-lazy
# ---
# %% grade_id="in_batches"
def in_batches(items, size):
    if size < 1:
        raise ValueError(size)
    everything = list(items)
    for start in range(0, len(everything), size):
        yield everything[start : start + size]
