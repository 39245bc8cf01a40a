# ---
# title: Names, texts and deadlines
# kind: function
# seconds: 5
# ---

# %% [markdown]
# # Names, texts and deadlines
#
# The shop has customers from Reykjavík to São Paulo. Their names have accents, their messages hold what no log should keep,
# and "by tomorrow" means a different moment for each of them. Five tasks, with text first and time after.

# %% tags=["setup"] grade_id="setup"
import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from autograder.student import hint, student

# %% [markdown]
# ## Task 1: a title in an address
#
# A page about *Crème brûlée, 2 dishes* lives at `/p/creme-brulee-2-dishes`. Write `slug(title)`, which makes such a text (`str`) of
# a title (`str`):
#
# 1. Letters are made small, and accents are taken off: `É` becomes `e`. (Unicode's form NFKD takes letters and accents apart;
#    `unicodedata.combining` tells which characters are accents.)
# 2. Every run of other characters than `a` to `z` and `0` to `9` becomes **one** hyphen `-`.
# 3. There is no hyphen at the beginning or the end.
#
# A title with no such letter or digit gives the empty string.


# %% tags=["task"] grade_id="slug"
def slug(title: str) -> str:
    """Return a title as it stands in an address."""
    ### BEGIN SOLUTION
    apart = unicodedata.normalize("NFKD", title)
    letters = "".join(character for character in apart if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")
    ### END SOLUTION


# %% tags=["test"] grade_id="test_slug" points=3 skills=["python.text"] coverage=["S07"]
assert student.slug("Green Tea") == "green-tea", hint("slug-hyphens")
assert student.slug("Crème brûlée, 2 dishes") == "creme-brulee-2-dishes", hint("slug-accents")
### BEGIN HIDDEN TESTS
assert student.slug("São Paulo's café") == "sao-paulo-s-cafe", hint("slug-accents")
assert student.slug("  -- Tea & Co. --  ") == "tea-co", hint("slug-ends")
assert student.slug("Mugs_and/or cups") == "mugs-and-or-cups", hint("slug-hyphens")
assert student.slug("100%") == "100", hint("slug-ends")
assert student.slug("A-Z 0-9 az") == "a-z-0-9-az", hint("slug-hyphens")
assert student.slug("Sale–Mugs…half price") == "sale-mugs-half-price", hint("slug-dash")
assert student.slug("日本") == "", hint("slug-ends")
assert student.slug("") == "", hint("slug-ends")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: is it the same name?
#
# `é` can be stored in two ways: as one character, or as an `e` followed by an accent of its own. Both look the same, but `==` says that
# they differ. Write `same_name(first, second)`, which returns `True` or `False`: whether two names (`str`) are the same when
#
# - white space (spaces, tabs, line breaks) at the beginning and the end doesn't count;
# - capital and small letters count as equal, by the rule of `str.casefold` (which, unlike `lower`, knows that `ß` and `SS`
#   are equal);
# - the two ways of storing an accent count as equal. A letter **without** its accent is still another letter.


# %% tags=["task"] grade_id="same_name"
def same_name(first: str, second: str) -> bool:
    """Return whether two texts are the same name."""

    ### BEGIN SOLUTION
    def key(name: str) -> str:
        return unicodedata.normalize("NFC", name.strip().casefold())

    return key(first) == key(second)
    ### END SOLUTION


# %% tags=["test"] grade_id="test_same_name" points=3 skills=["python.text"] coverage=["S07"]
assert student.same_name(" Ada Lovelace", "ada lovelace ") == True, hint("name-spaces")
assert student.same_name("Ren\u00e9", "Rene\u0301") == True, hint("name-forms")
assert student.same_name("Ada", "Bo") == False, hint("name-differs")
### BEGIN HIDDEN TESTS
assert student.same_name("Rene\u0301", "REN\u00c9") == True, hint("name-forms")
assert student.same_name("Gro\u00df", "GROSS") == True, hint("name-case")
assert student.same_name("René", "Rene") == False, hint("name-differs")
assert student.same_name("\tBo\n", "BO") == True, hint("name-spaces")
assert student.same_name("An na", "Anna") == False, hint("name-differs")
assert student.same_name("", "  ") == True, hint("name-spaces")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: no card numbers in the log
#
# People write their card numbers into the contact form, and the form goes into the log. Write `mask_cards(text)`. It returns the
# text (`str`) with every card number replaced.
#
# A *run of digits* is a digit 0–9, followed by any number of further digits; between two digits there may be **one** space or
# **one** hyphen. Take each run as long as it goes. If it has 13 to 19 digits, it is a card number: in its place stands `[card …1234]`,
# with the run's last four digits (the sign `…` is a single character, U+2026). Any other run stays as it is.
#
# ```python
# >>> mask_cards("Card 4111 1111 1111 1234, order 20250301-17, thanks")
# 'Card [card …1234], order 20250301-17, thanks'
# ```


# %% tags=["task"] grade_id="mask_cards"
def mask_cards(text: str) -> str:
    """Return a text with its card numbers replaced."""

    ### BEGIN SOLUTION
    def masked(run: re.Match[str]) -> str:
        digits = re.sub(r"[ -]", "", run[0])
        return f"[card …{digits[-4:]}]" if 13 <= len(digits) <= 19 else run[0]

    return re.sub(r"[0-9](?:[ -]?[0-9])*", masked, text)
    ### END SOLUTION


# %% tags=["test"] grade_id="test_mask_cards" points=3 skills=["python.text"] coverage=["S07"]
with_order = "Card 4111 1111 1111 1234, order 20250301-17, thanks"
assert student.mask_cards(with_order) == "Card [card …1234], order 20250301-17, thanks", hint("card-run")
assert student.mask_cards("4111111111119876") == "[card …9876]", hint("card-run")
assert student.mask_cards("call 030 1234567") == "call 030 1234567", hint("card-length")
### BEGIN HIDDEN TESTS
assert student.mask_cards("4111-1111-1111-1-2-3-4.") == "[card …1234].", hint("card-run")
assert student.mask_cards("x4111 1111 1111 1234y 4111111111115678") == "x[card …1234]y [card …5678]", hint("card-all")
assert student.mask_cards("1" * 12) == "1" * 12, hint("card-length")
assert student.mask_cards("1" * 13) == "[card …1111]", hint("card-length")
assert student.mask_cards("2" * 19) == "[card …2222]", hint("card-length")
assert student.mask_cards("2" * 20) == "2" * 20, hint("card-length")
assert student.mask_cards("4111 1111  1111 1234") == "4111 1111  1111 1234", hint("card-run")
assert student.mask_cards("3782 822463 1 000 5") == "[card …0005]", hint("card-run")
assert student.mask_cards("no digits") == "no digits", hint("card-run")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: one clock for all
#
# The shop keeps every moment in UTC. A form sends a date and time as ISO 8601 text, as the customer's own clock shows it, and the
# name of the customer's time zone. Write `to_utc(text, zone)`. It returns a `datetime` in UTC that knows its zone (its
# `utcoffset()` is 0).
#
# - `text` without an offset (`"2025-01-15T09:30"`) is the clock of the time zone `zone`, for example `"Europe/Berlin"`. The zone's own rule
#   for that day counts, so in summer the offset is another than in winter.
# - `text` that says its offset (`"2025-01-15T09:30+05:30"`, `"2025-01-15T09:30Z"`) needs no zone: `zone` is passed over.
# - What is no ISO date and time raises `ValueError`, as `datetime.fromisoformat` does by itself.


# %% tags=["task"] grade_id="to_utc"
def to_utc(text: str, zone: str) -> datetime:
    """Return the moment that a clock in a time zone shows, in UTC."""
    ### BEGIN SOLUTION
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(timezone.utc)
    ### END SOLUTION


# %% tags=["test"] grade_id="test_to_utc" points=3 skills=["python.dates"] coverage=["S07"]
winter = datetime(2025, 1, 15, 8, 30, tzinfo=timezone.utc)
made = student.to_utc("2025-01-15T09:30", "Europe/Berlin")
assert made.tzinfo is not None, hint("utc-aware")
assert made == winter, hint("utc-zone")
assert made.utcoffset() == timedelta(0), hint("utc-is-utc")
### BEGIN HIDDEN TESTS
summer = datetime(2025, 7, 15, 7, 30, tzinfo=timezone.utc)
assert student.to_utc("2025-07-15T09:30", "Europe/Berlin") == summer, hint("utc-summer")
new_york = student.to_utc("2025-12-31T22:15:30", "America/New_York")
assert new_york == datetime(2026, 1, 1, 3, 15, 30, tzinfo=timezone.utc), hint("utc-zone")
india = student.to_utc("2025-01-15T09:30+05:30", "Europe/Berlin")
assert india == datetime(2025, 1, 15, 4, 0, tzinfo=timezone.utc), hint("utc-offset")
assert india.utcoffset() == timedelta(0), hint("utc-is-utc")
assert student.to_utc("2025-01-15T09:30Z", "Asia/Tokyo") == datetime(2025, 1, 15, 9, 30, tzinfo=timezone.utc), hint(
    "utc-offset"
)
with student.raises(ValueError, hint("utc-refused")):
    student.to_utc("tomorrow at nine", "Europe/Berlin")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 5: the last moment to send it back
#
# Whoever buys may send it back within some days. The period ends at midnight, at the customer's home: at the **beginning** of
# the day that comes `days + 1` days after the day of the purchase. Write `return_deadline(bought, zone, days)`:
#
# - `bought` is the moment of the purchase, a `datetime` that knows its zone (in UTC, or any other);
# - `zone` is the name of the customer's time zone, and it decides on which **day** the purchase was made;
# - `days` is a whole number of 0 or more.
#
# It returns that midnight as a `datetime` **in UTC**. A `bought` that doesn't know its zone raises `ValueError`.
#
# An example: bought on 28 March 2025 at 23:30 UTC by a customer in Berlin, where it was 29 March, 00:30 already. With 14 days, 12 April is the last day,
# so the period ends when 13 April begins in Berlin, which is 12 April, 22:00 UTC: by then it is summer time there, two hours
# ahead of UTC.


# %% tags=["task"] grade_id="return_deadline"
def return_deadline(bought: datetime, zone: str, days: int) -> datetime:
    """Return the moment in UTC until which a purchase may be sent back."""
    ### BEGIN SOLUTION
    if bought.tzinfo is None:
        raise ValueError(f"bought must know its time zone: {bought.isoformat()}")
    home = ZoneInfo(zone)
    end = bought.astimezone(home).date() + timedelta(days=days + 1)
    return datetime.combine(end, time.min, tzinfo=home).astimezone(timezone.utc)
    ### END SOLUTION


# %% tags=["test"] grade_id="test_return_deadline" points=4 skills=["python.dates"] coverage=["S07"]
in_january = datetime(2025, 1, 10, 12, 0, tzinfo=timezone.utc)
end = student.return_deadline(in_january, "Europe/Berlin", 0)
assert end == datetime(2025, 1, 10, 23, 0, tzinfo=timezone.utc), hint("deadline-midnight")
assert end.utcoffset() == timedelta(0), hint("utc-is-utc")
in_the_night = datetime(2025, 1, 10, 2, 0, tzinfo=timezone.utc)
end = student.return_deadline(in_the_night, "America/New_York", 1)
assert end == datetime(2025, 1, 11, 5, 0, tzinfo=timezone.utc), hint("deadline-day")
in_march = datetime(2025, 3, 28, 23, 30, tzinfo=timezone.utc)
end = student.return_deadline(in_march, "Europe/Berlin", 14)
assert end == datetime(2025, 4, 12, 22, 0, tzinfo=timezone.utc), hint("deadline-summer")
### BEGIN HIDDEN TESTS
assert student.return_deadline(in_january, "Europe/Berlin", 30) == datetime(2025, 2, 9, 23, 0, tzinfo=timezone.utc), (
    hint("deadline-midnight")
)
in_tokyo = datetime(2025, 1, 11, 8, 0, tzinfo=timezone(timedelta(hours=9)))
assert student.return_deadline(in_tokyo, "Europe/Berlin", 0) == datetime(2025, 1, 11, 23, 0, tzinfo=timezone.utc), hint(
    "deadline-day"
)
in_october = datetime(2025, 10, 25, 10, 0, tzinfo=timezone.utc)
assert student.return_deadline(in_october, "Europe/Berlin", 0) == datetime(2025, 10, 25, 22, 0, tzinfo=timezone.utc), (
    hint("deadline-summer")
)
assert student.return_deadline(in_october, "Europe/Berlin", 1) == datetime(2025, 10, 26, 23, 0, tzinfo=timezone.utc), (
    hint("deadline-summer")
)
with student.raises(ValueError, hint("deadline-naive")):
    student.return_deadline(datetime(2025, 1, 10, 12, 0), "Europe/Berlin", 14)
### END HIDDEN TESTS

# %% [markdown]
# ## Where to go from here
#
# You compare, clean and search text by what it means and not by how it is stored, and you compute with moments in UTC and with days
# where people live. Next: *A small algorithm*.
