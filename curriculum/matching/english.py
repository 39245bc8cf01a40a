"""The English that `context` and `senses` go by: words that deny, turn, leave behind, offer, or stand beside names."""

from __future__ import annotations

import re

from curriculum.matching.words import Words, folded


def _words(text: str) -> frozenset[str]:
    return frozenset(map(folded, text.split()))


def _phrases(text: str) -> dict[str, list[tuple[str, ...]]]:
    """Return phrases divided by semicolons as folded words: by the first of them, the longest first."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(Words.of(phrase).low) for phrase in text.split(";")), key=len, reverse=True):
        phrases.setdefault(phrase[0], []).append(phrase)
    return phrases


NEGATORS = _words(
    "no not never neither nor without cannot don't doesn't didn't won't wouldn't isn't aren't needn't can't non "
    "kein keine keinen ohne nicht nobody none shouldn't mustn't wasn't weren't hasn't haven't hadn't couldn't"
)
"""Words that deny what follows."""

NOT_REALLY = _phrases(
    "not only; not just; not merely; not least; not to mention; not limited to; no problem; no doubt; no later; "
    "no less; no stranger; not a stranger; no strangers; not a foreign word; not afraid; no fear; not new; not "
    "shy; don't shy; not mind; don't mind; whether or not; not a problem; not forget; don't forget; not "
    "hesitate; don't hesitate; don't stop; not stop; never tire; never get tired; no trouble; no difficulty; no "
    "difficulties; not a book with seven seals; not a mystery; no mystery; not ashamed; no longer a secret; not "
    "scared; don't be afraid; don't panic; no surprise; if not; why not; not a closed book; not unfamiliar; "
    "can't wait; cannot wait; can't get enough; no secret; nobody is perfect; none of us is; no black magic; "
    "nothing but; not without; no one-trick; no wonder; not everything; not all of; no need to be; not every; "
    "no need to worry; don't worry; doesn't matter whether; no exception; no matter how; no matter when; no "
    "matter where"
)
"""Negations that deny nothing."""

MOVES = re.compile(r"mov|migrat|switch|port|transition|convert|rewrit|chang")
"""How words begin that make `from X` what is left behind."""

DENYING_BEFORE_WITHOUT = _words("no not never cannot can't don't won't nothing nobody hardly isn't doesn't")
"""Before `without`, these make it an affirmation: no application without Git."""

LEAVING = _phrases(
    "instead of; rather than; as opposed to; away from; in place of; in lieu of; unlike; replacing; moved from; "
    "moving from; migrated from; migrating from; migrate from; switched from; switching from; move from; coming "
    "from; leaving behind; got rid of; get rid of; getting rid of; phasing out; phased out; used to use; used "
    "to have; used to be; used to run; used to work with; used to write; formerly; no longer use; no longer "
    "uses; no longer need; said goodbye to; say goodbye to; retired; retiring; abandoned; except for; except; "
    "ported from; rewritten from; the days of; we left; anything but; everything but; replaced; dropped; "
    "ditched; stopped using; gave up; given up; got away from; goodbye to; outgrown; dispense with; we were "
    "once; once written in; used to love; used to rely on; used to build with; do without; does without; enough "
    "of; tired of; fed up with; sick of; bored of; bored with"
)
"""Words after which stands what was given up."""

TURNS = _words(
    "but however though although yet instead rather only still except because since while whereas just aber sondern"
)
"""Words at which a negation ends."""

SUBJECTS = _words(
    "we you our they your i it he she who which that this these there us to for so towards toward into with by in on at"
)
"""Words that begin a new clause."""

VERBS = _words(
    "is are was were be has have had will would should must can could may need needs use uses using used run "
    "runs work works write writes want wants expect expects require requires required build builds know knows "
    "bring brings look looks do does did serve serves meet meets feel feels like likes love loves"
)
"""Verbs by which a clause is told from an item of a list."""

WISHES = _words("like want need use ask expect require love do offer look")
"""Verbs that end in a colon: what we don't use: PHP."""

UNWANTED = re.compile(
    r"(?:(?:is|are|was|were|will be|would be)\s+(?:not|never)|(?:isn't|aren't|won't be|wouldn't be)|not)\s+"
    r"(?:(?:really|strictly|absolutely|at all|even|a|an|of|our|what|an? absolute)\s+)*"
    r"(?:required|requirement|needed|necessary|expected|mandatory|must|important|essential|relevant|wanted|obligatory|"
    r"desired|used|prerequisite|we\b|interest)"
    r"|plays? no (?:role|part)|(?:is|are) (?:unnecessary|irrelevant|of no (?:use|interest|importance))"
    r"|(?:isn't|is not|aren't|are not) part of|(?:does|do)(?: not|n't) matter|makes? no difference"
    r"|(?:is|are) (?:all )?the same to us|-free (?:zone|environment|office|stack|team|shop|code)"
    r"|(?P<left>(?:is|are|has|have|will be|was|were) (?:long |now |being |been |slowly )*"
    r"(?:gone|retired|replaced|abandoned|switched off|phased out|thrown out))",
    re.IGNORECASE,
)
WRONG_PLACE = re.compile(
    r"^\W*(?:if|anyone|whoever|people|those)\b.*\b(?:not the right|isn't the right|wrong (?:place|job|address)|"
    r"not for you|"
    r"isn't for you|elsewhere|disappoint\w*|need not apply|not be happy|won't be happy)",
    re.IGNORECASE | re.DOTALL,
)
"""A sentence that sends away those who want what it names."""

REFUSAL = re.compile(r"^\W*(?:no|nope|not here|never|nein)\W*$", re.IGNORECASE)
"""A sentence that answers the question before it: PHP? No."""

WELCOME = re.compile(
    r"\b(?:but|though|yet)\b.*\b(?:plus|welcome|helpful|nice|bonus|advantage|asset|desirable|great|love)", re.I | re.S
)
OTHER_PEOPLE = re.compile(
    r"^\W*(?:about us:?\s+)?(?:our|the|an?other|a different|some of our|one of our)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:sales|marketing|accountants?|accounting|finance|hr|legal|customers?|clients?|competitors?|partners?|"
    r"neighbou?rs?|designers?|photographers?|bosses|boss|managers?|analysts?|warehouse|mobile|front-?\s?end|client|"
    r"game|ops|operations|"
    r"infrastructure|platform|data|design|web|support|team|teams|department|agency|colleagues|admins?|administrators?|"
    r"sysadmins?)"
    r"(?:\s+(?:team|teams|department|people|staff|colleagues|folks|crew|developers|engineers|programmers))?"
    r"(?:\s+(?:in|from|at|next)\s+[\w-]+)?\s+(?:still\s+|mostly\s+|all\s+|already\s+)?"
    r"(?:uses?|swears?|works?|loves?|runs?|writes?|rel(?:y|ies)|prefers?|likes?|handles?|manages?|looks?\s+after|"
    r"takes?\s+care|does|do|builds?|maintains?)\b",
    re.IGNORECASE,
)
"""A sentence about what others do."""

OTHERS_DO_IT = re.compile(
    r"\b(?:is|are)\s+(?:\w+ly\s+)?(?:handled|done|run|managed|maintained|looked after|taken care of|operated|"
    r"written|built|covered|dealt with)\s+(?:in\s+\w+\s+)?by\s+(?!you\b)\w+|\bbelongs?\s+to\s+(?:an?other|our|the)\b|"
    r"\b(?:is|are)\s+(?:(?:some|any)(?:one|body)\s+else|another\s+\w+)'s\b|"
    r"\bnot\s+your\s+(?:job|task|concern|business|problem)\b",
    re.IGNORECASE,
)
"""What comes before is the work of others."""

OFFER = re.compile(
    r"^\W*(?:what\s+)?(?:we\s+(?:offer|provide|will\s+teach|teach|give|can\s+offer)|in\s+return|"
    r"(?:your\s+)?(?:benefits|perks)\b|"
    r"you(?:'ll|\s+will|\s+can)?\s+(?:get|learn|receive)\b|what'?s\s+in\s+it\s+for\s+you|why\s+(?:us|join))",
    re.IGNORECASE,
)
HEADING_DENIES = re.compile(
    r"\b(?:not|n't|no)\b.*\b(?:ask|need|require|want|expect|look|use|do|matter|offer)\w*|"
    r"n't.*\b(?:ask|need|require|want|expect|look|use|do|matter)\w*|\bno need\b",
    re.IGNORECASE,
)

REFUSING_SIGNS = "❌✗✘🚫⛔✖"

BEFORE_A_NAME = _words(
    "the and or in with of using use uses know knows like either plus our write writes some both solid strong good "
    "basic advanced fluent modern learn about need needs want wants require requires seek seeking"
)
"""Words after which a short name can be the name of a language."""

AFTER_A_NAME = _words(
    "and or as plus developer developers programmer programmers programming engineer engineers engineering code "
    "codebase language application applications app apps service services backend stack script scripts "
    "experience knowledge skills api apis framework frameworks team microservices library libraries project "
    "projects web 2 3 8 11 17 21 for on"
)
"""Words before which an ambiguous name is the name of a technology."""

BEFORE_A_PERSON = _words("mr mrs ms miss dr contact call ask meet herr frau colleague boss")
"""Words after which a capital begins a person's name."""

NOT_AFTER_A_NOUN = _words("your the a an to of yourself us me our my his her their this that these those")
"""Words that show that the one before them, opening a sentence, is a verb: express your interest."""
