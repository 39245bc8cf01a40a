# ---
# misconception: a second name for a dictionary is a copy of it
# caught_by: test_tag_change
# hint: alias
# ---
# %% grade_id="tag_change"
def tag_change(product, tag):
    after = product
    if tag not in after["tags"]:
        after["tags"].append(tag)
    return {"before": product, "after": after}
