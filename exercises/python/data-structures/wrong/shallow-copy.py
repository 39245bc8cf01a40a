# ---
# misconception: dict.copy() also copies the list inside
# caught_by: test_tag_change
# hint: alias
# ---
# %% grade_id="tag_change"
def tag_change(product, tag):
    after = product.copy()
    if tag not in after["tags"]:
        after["tags"] += [tag]
    return {"before": product, "after": after}
