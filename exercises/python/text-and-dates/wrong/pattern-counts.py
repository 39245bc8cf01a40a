# ---
# misconception: a pattern for 13 to 19 digits leaves longer runs alone
# caught_by: test_mask_cards
# hint: card-length
# ---
# %% grade_id="mask_cards"
def mask_cards(text):
    def masked(run):
        digits = re.sub(r"[ -]", "", run[0])
        return f"[card …{digits[-4:]}]"

    return re.sub(r"[0-9](?:[ -]?[0-9]){12,18}", masked, text)
