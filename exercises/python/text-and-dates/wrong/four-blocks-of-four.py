# ---
# misconception: a card number is always four blocks of four digits
# caught_by: test_mask_cards
# hint: card-run
# ---
# %% grade_id="mask_cards"
def mask_cards(text):
    return re.sub(r"\b\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?(\d{4})\b", r"[card …\1]", text)
