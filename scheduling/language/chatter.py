"""Telling talk from bookings: "see you Saturday", "running 10 min late", "the movie was long".

Silence is the kinder mistake, so a sentence must look like something on a calendar: what
speaks to somebody, of the past, of feelings or of the next few minutes is talk.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from scheduling.language.clause import Clause, P, T, plain_words
from scheduling.language.wordset import word_set

EVENTS = word_set(
    """
    appointment dentist doctor orthodontist vet checkup haircut barber therapy therapist
    physio pediatrician optometrist vaccination vaccine shots surgery blood checkup x-ray
    massage soccer football basketball baseball softball hockey tennis golf swim swimming
    swimming gymnastics karate judo taekwondo ballet dance dancing yoga pilates gym run
    running climbing skating ski lacrosse volleyball rugby cricket cheerleading scouts chess
    piano guitar violin cello drums flute choir band orchestra rehearsal recital concert
    play theater theatre musical show performance practice training lesson lessons class
    classes tutoring tutor game match tournament meet race camp meeting call interview
    conference pta conference workshop webinar presentation exam test quiz graduation
    ceremony assembly open-house fair field trip fieldtrip museum zoo picnic breakfast
    brunch lunch dinner supper coffee drinks barbecue bbq cookout potluck party birthday
    anniversary wedding shower baptism communion bar-mitzvah bat-mitzvah funeral christening
    sleepover playdate babysitter sitter nanny date reunion movie cinema movies film opera
    festival flight train bus trip vacation holiday getaway travel cruise airport pickup
    drop-off dropoff carpool delivery plumber electrician cleaner gardener handyman repair
    inspection mechanic oil-change service maintenance laundry cleaning chores groceries
    grocery shopping homework study poker bowling bookclub book-club club church mass temple
    synagogue mosque volunteering volunteer fundraiser bake-sale garage-sale yard-sale board
    pottery art karaoke vitamins medicine meds walk hike hiking fishing camping beach pool
    park errand errands checkup check-up visit visits closing moving tour appointment appt
    doc ortho physical kindergarten daycare preschool orientation conference registration
    deadline due spring-break halloween thanksgiving prom homecoming election voting jury
    court notary bank passport dmv fireworks parade game-night movie-night family-night
    date-night spelling science talent parent-teacher parents evening bake meetup catch-up
    catchup hangout standup review shift
    """
)
"""Words that name things people put on calendars; not a limit, only a hint."""

_SPOKEN = re.compile(
    r"\b(?:you|your|u|ur|yours|y'all|ya|youre|you're|yourself)\b"
    r"|\b(?:lol|lmao|haha+|hehe+|omg|wow|yay|ugh|ouch|aww+|hooray|woohoo|jk|brb|ttyl|rofl"
    r"|smh|idk|tbh|imo|wtf|xo+|phew|yikes|meh)\b"
    r"|\b(?:thank|thanks|thx|congrats|congratulations|sorry|welcome|cheers|kudos|good luck"
    r"|well done|(?:good|great|nice|big) (?:job|work|game|try|effort)|bravo|sweet dreams"
    r"|good (?:morning|night|evening|afternoon)|goodnight|gn|morning all|hello"
    r"|happy (?:birthday|anniversary|new year|easter|mother|father|valentine|holidays"
    r"|friday|monday|thanksgiving|halloween|saturday|sunday|hump)|merry christmas"
    r"|bon voyage|safe travels"
    r"|have (?:a (?:good|great|nice|fun|safe|wonderful|lovely)|fun)|enjoy|take care"
    r"|get well|feel better|miss(?:ing)?(?!ed? (?:school|class))|love (?:to|that|this|it"
    r"|the|these|him|her|them|you)|sleep (?:well|tight)|see (?:ya|u|everyone|everybody|all"
    r"|them|him|her|"
    rf"{P})|later (?:guys|gator|everyone)|talk (?:soon|later|to|tomorrow|tonight)|funday"
    r"|bye|hugs|kisses|cya|til then|till then|until then|catch (?:ya|up later))\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:was|were|wasn't|weren't|did|didn't|been|threw|grew|knew|began|taught|built|sent"
    r"|wrote|rode|rang|sang|stood|wore|drank|kept|held|spilled|had|hadn't|went"
    r"|(?<!ve )(?<!have )(?<!has )(?<!'s )got|saw|came|took|made|said|told|ate|lost|won"
    r"|scored|forgot|(?<!be )picked|(?<!be )dropped|left|found|bought|broke|fell|slept"
    r"|woke|called|arrived|finished|started|happened|watched|played|loved|liked|hated"
    r"|used to|ended|cooked|cleaned|missed|ran|gave|paid|met|heard|texted|asked|landed"
    r"|passed|failed|worked out|looked|enjoyed|spent|visited|booked already|remembered"
    r"|walked|drove|ordered|shipped|delivered|since|ago|already|(?:have|has|'ve"
    rf"|{P}'s) (?:been|had|gone|seen|done|just))\b",
    re.I,
)
_MIND = re.compile(
    r"\b(?:think|thinks|thinking|thought|guess|hope|hoping|hopefully|wish|wonder|wondering"
    r"|believe|know|knows|remember|feel|feels|feeling|felt|"
    r"love|loves|hate|want|wants|wanna|can't wait|cannot wait|can not wait|looking forward"
    r"|excited|exciting|sounds|looks like|seems|seriously|literally|obviously|apparently"
    r"|maybe|probably|perhaps|might|"
    r"imagine|bet|swear|promise|agree|understand|mean|means|care|worry|worried|proud|tired"
    r"|exhausted|hungry|starving|sick|sad|bored|crazy|amazing|awesome|terrible|horrible"
    r"|awful|gross|boring|hilarious|funny|beautiful|cute|adorable|disgusting|annoying"
    r"|ridiculous|nuts|insane|delicious|yummy|weird|freezing|gorgeous|busy|too (?:late"
    r"|early|long|much|many|bad|hot|cold|loud)|so (?:much|many|good|bad|late|early|tired"
    r"|long|far|hot|cold|loud|fun|proud|happy|glad|funny|slow|nice|pretty|sweet|big)"
    r"|favou?rite|the best|the worst|see (?:how|if|what))\b",
    re.I,
)
_WEATHER = re.compile(
    r"\b(?:rain(?:ing|y|s)?|snow(?:ing|y|s)?|sunny|weather|forecast|cloudy|storm(?:y|s)?"
    r"|windy|humid|degrees|temperature|thunder|hail|heat ?wave|umbrella|sunset|sunrise|icy"
    r"|fog(?:gy)?|chilly)\b",
    re.I,
)
_WORLD = re.compile(
    r"\b(?:score|scores|half ?time|overtime|goal|goals|minutes? (?:late|away|early|left"
    r"|to go)|mins? (?:late|away|early|out|left)|hours? (?:late|away|early|left|drive"
    r"|long)|running (?:a bit |a little |super |so )?(?:\S+ )?(?:\S+ )?(?:late|behind"
    r"|behind schedule)|be late|on (?:my|our|his|her|their) way|omw|almost (?:there|home"
    r"|done)|stuck in|traffic|parking|battery|eta|parked|"
    r"recipe|oven|preheat|bake (?:for|at)|closes? at|closing time|opens? at|airs?"
    r"|on (?:espn|tv|netflix|hulu|disney\+?|hbo|channel \d+|youtube)|episode"
    r"|season (?:finale|\d)|series finale|netflix|on sale|sales? (?:at|ends?|starts?|on)"
    r"|discount|% off|\$\d+|coupon|deal|deals|news|article|stock|stocks|deadline extended"
    r"|price|prices|costs?|"
    r"https?:|www\.|these photos|the photos|pics?|video|meme|link|wifi|password|version"
    r"|update installed|level \d|fell asleep|asleep|awake|homemade|leftovers"
    r"|in the (?:fridge|oven|mail|car)|keys|dinner(?:'s| is) (?:ready|at the table"
    r"|on the table|served)|lunch(?:'s| is) ready|food is|birthdays? (?:is|are) (?:so|too)"
    r"|years? old|turns? \d+|turned \d+|\d+ (?:years|yrs) (?:old|ago)|time flies|"
    r"how time|out of order|moving (?:in|out)|anything from|from the store|out of (?:milk"
    r"|bread|eggs"
    r"|coffee)|charger|who(?:'s| is) there|never mind|no worries|no problem|whatever|true"
    r"|same here|me too|me neither|exactly|agreed|got it|roger|copy that|noted|as usual"
    r"|every time|all the time|all day long|long day|what a|such a|how (?:cute|nice|fun"
    r"|sweet|funny|awful|cool)|hurry|power|internet|electricity|guess what|by the way"
    r"|fun fact|reminds me|it's (?:like|been|already|still|only|so|just|not|about|too"
    r"|almost|ok|okay|fine|nice|fun|time|cold|hot|late|early|great|good|friday|monday|a)"
    r"|it is (?:already|still|only|so)|is it (?:just|already|really|still))\b",
    re.I,
)
_MOMENT_IS = re.compile(
    rf"^(?:ok(?:ay)?|yes|sure|yeah)?\s*{T}\s*(?:can't|cannot|won't|feels?|looks?|seems?"
    r"|works?|sounds|again|already|is (?:fine|good|great|ok|okay|best|perfect|better)"
    r"|'s (?:fine|good|great|ok|perfect))\b",
    re.I,
)
_STATUS = re.compile(
    rf"^(?:(?:{P}|i|we|he|she|they)\s*(?:'ll|'m|'re|'s|will|am|are|is|should|shall|gonna"
    r"|going to|won't|'ll be|may|can|\s)*\s*(?:be )?(?:still |just |now |almost |probably "
    r"|already |currently |not |back |so |only |about to |finally )*|(?:be |will be "
    r"|should be |just |now |almost |still |getting |currently |not )*)"
    r"(?:home(?! (?:visit|game|inspection|show|tour|depot|appraisal|ec))|there|here|back"
    r"|leaving|arriving|arrive|landing|landed|outside|inside|downstairs|upstairs|done"
    r"|ready|omw|up|out of|running|going to bed|in bed|heading|headed|head out"
    r"|coming(?! (?:to|for|over|from|in) )"
    r"|on my|at (?:the )?(?:store|shop|work|office|home|gym|airport|station|door|gate"
    r"|school|mall|market|doctor|table|supermarket|register|park|pool|house|bank|costco"
    rf"|target|walmart)(?! .*(?:{T}.{{0,4}}(?:-|to|until)))|in (?:a meeting|line|the car"
    r"|traffic|class|the shower|bed|a call)|call(?:ing)? back|text(?:ing)?|late|stuck"
    r"|waiting|cooking|eating|driving|parking|boarding|walking|watching|finishing|starting"
    r"|making|getting|off work|free|good|fine|ok|okay|happy|glad|sure|all set|down)(?![\w-])",
    re.I,
)
_MUSING = re.compile(r"^(?:hope|hoping|wish|guess|think|bet|wonder|pray|fingers crossed)\b", re.I)
_PROPOSES = re.compile(rf"^(?:can|could|shall|should) {P} (?:do|have|get|go)\b", re.I)
_GLAD = re.compile(r"\b(?:good|fine|ok|okay|happy|glad|sure)$", re.I)
_PRONOUN = re.compile(
    r"^(?:he|she|they|it|that|this|these|those|there|who|which|what|when|where|why|how|if"
    r"|because|since|although|"
    r"though|until|while|after|before|whenever|as|maybe|still|even|only|not|never|nobody"
    r"|nothing|someone|somebody|people|some|most|many|one|none|same)\b(?! (?:day|only|week"
    r"|hike|game|visit|vacation|break|trip|party|show))",
    re.I,
)
_ASIDE = re.compile(
    r"^(?:call|text|tell|ask|ring|phone|email|send|give|bring|show|help|let|wake|meet|wait"
    r"|watch|look|check|guess|"
    r"read|listen|hurry|stop|go|come|eat|sleep|wear|turn|shut|try|keep|don't|do not|never"
    rf"|hold on|hang|say|remember|see|miss|love|need|want)\b.{{0,14}}(?:\b(?:me|us|it|him"
    rf"|her|them|this|that)\b|{P}(?!.*\d)|$|\bwhen\b|\bif\b|out\b)",
    re.I,
)
_CHORE = re.compile(rf"^(?:call|phone|email) (?:the|dr\.?|my) .*{T}", re.I)
"""An errand with its time, which only opens like a word to somebody ("call me")."""
_WILL = re.compile(
    rf"^{P}\s*(?:'ll|will|won't|'d|would|can|can't|cannot|could|couldn't|might|may|should"
    r"|shouldn't|don't|doesn't|do|does)\b",
    re.I,
)
_I_AM = re.compile(rf"^(?:i'm|im|i am|we're|we are|{P}\s?'m|{P}\s?'re|{P} (?:am|is|are))\b", re.I)
_PLANS = re.compile(
    r"\b(?:away|off(?: work| school)?|working|on call|traveling|travelling|out of town"
    r"|out of office|on (?:vacation|holiday|duty|leave|a (?:trip|business trip|work trip"
    r"|school trip))|flying|"
    r"in (?!a\b|the\b|bed|trouble|my|love|pain|charge|line|front|traffic|here|there)\w+"
    r"|at (?:a|the|my|his|her)?\s?\w*\s?(?:conference|camp|wedding|retreat|offsite"
    r"|training|sleepover|party|workshop|seminar|reunion|convention)|visiting|hosting"
    r"|having|getting (?:a |his |her |my )?(?:haircut|married|braces|shots|vaccin\w+)"
    rf"|picking (?:{P} )?up(?= {P}| (?:{P} )?from|$)"
    r"|seeing (?:the|a|my|dr)|taking|playing|attending|presenting|volunteering|babysitting"
    r"|studying|staying|going to (?:the|a|see|chicago|\w+'s)|meeting|teaching|coaching"
    r"|starting|unavailable|not available|"
    r"at \w+'s|busy|closed|out(?= (?:all|on|for|from))|performing|competing|singing"
    r"|dancing|racing|speaking|running (?:the|a|in)|on a)\b",
    re.I,
)
_AWAY_TO = re.compile(
    rf"{_I_AM.pattern}\s*(?:both |all )?(?:(?:at|in|with)\b|(?:getting|having)\s+(?:(?:a|an|the"
    rf"|his|her|their)\b|{P}))",
    re.I,
)
"""Where somebody is or what they get done: a plan if it speaks of another day."""
_QUESTION = re.compile(
    r"^(?:who|what|when|where|why|how|which|whose|is|are|am|was|were|do|does|did|can|could"
    r"|will|would|should|shall|may|has|have|had"
    r"|any|anyone|anybody|someone|want|wanna|need|ready|isn't|aren't|don't|didn't|won't"
    rf"|can't|{P} (?:want|need|like|still|going))\b",
    re.I,
)


def is_chatter(clause: Clause, plain: str, *, ordered: bool) -> bool:
    """Whether a clause that is no other intent is talk. plain: without greeting;
    ordered: it opens with "add", "book" or the like, which settles most doubts."""
    times = clause.times()
    if times and all(when.past for when in times):
        return True
    if ordered:
        return False
    if _SOON.search(clause.text) and len(plain_words(plain)) <= 3:
        return True
    if (
        _asks(plain)
        or _SPOKEN.search(clause.text)
        or _PAST.search(plain)
        or _PRONOUN.match(plain)
        or _MOMENT_IS.match(plain)
    ):
        return True
    aside = _ASIDE.match(plain) and not _CHORE.match(plain)
    if _WEATHER.search(plain) or _WORLD.search(plain) or aside:
        return True
    return _personal_talk(plain, clause) or _feeling(plain)


_SOON = re.compile(
    r"\bin (?:about )?(?:\d{1,2}|five|ten|fifteen|twenty|thirty|a few|a couple(?: of)?"
    r"|half an?) ?(?:m|mins?|minutes?|hour)?\b(?!\w)",
    re.I,
)
"""Moments nobody books: "dinner in 10 minutes!"."""


def is_spoken(text: str) -> bool:
    """Whether the words are addressed to somebody: "lol", "thanks", "you"."""
    return bool(_SPOKEN.search(text))


def is_question(plain: str) -> bool:
    """Whether the words open as a question does, with or without its mark."""
    return bool(_QUESTION.match(plain)) and not _PROPOSES.match(plain)


def names_event(words: list[str]) -> bool:
    """Whether the words hold one that is typical of calendars."""
    return any(word in EVENTS or word.rstrip("s") in EVENTS for word in words)


def _asks(plain: str) -> bool:
    """A question, unless it only proposes an event: "Soccer Sat 10am?"."""
    proposes = names_event(plain_words(plain)) and not is_question(plain)
    return "?" in plain and not (proposes and re.search(T, plain))


def _ahead(clause: Clause) -> bool:
    """Whether a day after today is named, which tells a plan from where somebody is."""
    return any(
        when.start is not None and _day(when.start) > clause.now.date() for when in clause.times()
    )


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _personal_talk(plain: str, clause: Clause) -> bool:
    if _I_AM.match(plain):
        return not (_PLANS.search(plain) or (_AWAY_TO.match(plain) and _ahead(clause)))
    status = _STATUS.match(plain)
    noun = plain_words(plain[status.end() :])[:1] if status else []
    if status and (_GLAD.search(status.group()) or not names_event(noun)):
        return True
    return bool(_WILL.match(plain)) and not _does(plain)


def _does(plain: str) -> bool:
    """ "I'll pick up Leo at 3", "I can take Mia to ballet": promises with a job in them."""
    return bool(
        re.search(
            r"\b(?:pick(?:ing)? (?:.{1,12} )?up|drop(?:ping)? (?:.{1,12} )?off|driv\w+|take|taking"
            r"|work|working|babysit|have|attend|host|travel|be (?:away|working|traveling"
            r"|out of town|in [A-Z]))\b",
            plain,
        )
        or (
            names_event(plain_words(plain))
            and re.search(r"\b(?:go|going|have|do|be at|come|coming|visit\w*)\b", plain)
        )
    )


def _feeling(plain: str) -> bool:
    if _MUSING.match(plain):
        return True
    return bool(_MIND.search(plain)) and not (
        names_event(plain_words(plain)) and not re.search(r"\b(?:i|we|so)\b", plain, re.I)
    )
