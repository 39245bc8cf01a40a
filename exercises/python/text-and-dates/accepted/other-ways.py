# ---
# note: loops instead of patterns, NFD, ZoneInfo("UTC"), arithmetic on the wall clock
# ---
# %% grade_id="slug"
def slug(title):
    words = []
    word = ""
    for character in unicodedata.normalize("NFKD", title).lower():
        if "a" <= character <= "z" or "0" <= character <= "9":
            word += character
        elif unicodedata.category(character) != "Mn":
            words.append(word)
            word = ""
    words.append(word)
    return "-".join(word for word in words if word)


# %% grade_id="same_name"
def same_name(first, second):
    one, two = (
        unicodedata.normalize("NFD", unicodedata.normalize("NFD", name.strip()).casefold()) for name in (first, second)
    )
    return one == two


# %% grade_id="mask_cards"
def mask_cards(text):
    pieces = []
    end = 0
    for found in re.finditer(r"\d+(?:[ -]\d+)*", text):
        pieces.append(text[end : found.start()])
        digits = [character for character in found[0] if character.isdigit()]
        if len(digits) in range(13, 20):
            pieces.append("[card …" + "".join(digits[-4:]) + "]")
        else:
            pieces.append(found[0])
        end = found.end()
    return "".join(pieces) + text[end:]


# %% grade_id="to_utc"
def to_utc(text, zone):
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(ZoneInfo("UTC"))


# %% grade_id="return_deadline"
def return_deadline(bought, zone, days):
    if not bought.tzinfo:
        raise ValueError("which zone?")
    here = bought.astimezone(ZoneInfo(zone))
    # adding days to a datetime with a ZoneInfo moves the wall clock, not the moment
    end = here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days + 1)
    return end.astimezone(ZoneInfo("UTC"))
