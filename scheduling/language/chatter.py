"""Telling talk from bookings: "see you Saturday", "running 10 min late", "the movie was long".

Silence is the kinder mistake, so a sentence must look like something on a calendar: what
speaks to somebody, of the past, of feelings or of the next few minutes is talk.
"""

from __future__ import annotations

import re

from scheduling.language.clause import P, T, Clause, plain_words

EVENTS = frozenset(
    """appointment dentist doctor orthodontist vet checkup haircut barber therapy therapist physio
    pediatrician optometrist vaccination vaccine shots surgery blood checkup x-ray massage
    soccer football basketball baseball softball hockey tennis golf swim swimming swimming gymnastics
    karate judo taekwondo ballet dance dancing yoga pilates gym run running climbing skating ski
    lacrosse volleyball rugby cricket cheerleading scouts chess piano guitar violin cello drums flute
    choir band orchestra rehearsal recital concert play theater theatre musical show performance
    practice training lesson lessons class classes tutoring tutor game match tournament meet race
    camp meeting call interview conference pta conference workshop webinar presentation exam test
    quiz graduation ceremony assembly open-house fair field trip fieldtrip museum zoo picnic
    breakfast brunch lunch dinner supper coffee drinks barbecue bbq cookout potluck party birthday
    anniversary wedding shower baptism communion bar-mitzvah bat-mitzvah funeral christening
    sleepover playdate babysitter sitter nanny date reunion movie cinema movies film opera festival
    flight train bus trip vacation holiday getaway travel cruise airport pickup drop-off dropoff
    carpool delivery plumber electrician cleaner gardener handyman repair inspection
    mechanic oil-change service maintenance laundry cleaning chores groceries grocery shopping
    homework study poker bowling bookclub book-club club church mass temple synagogue mosque
    volunteering volunteer fundraiser bake-sale garage-sale yard-sale board pottery art karaoke
    vitamins medicine meds walk hike hiking fishing camping beach pool park errand errands
    checkup check-up visit visits closing moving tour appointment appt doc ortho physical
    kindergarten daycare preschool orientation conference registration deadline due spring-break
    halloween thanksgiving prom homecoming election voting jury court notary bank passport dmv
    fireworks parade game-night movie-night family-night date-night spelling science talent
    parent-teacher parents evening bake meetup catch-up catchup hangout standup review shift""".split()
)
"""Words that name things people put on calendars; not a limit, only a hint."""

_SPOKEN = re.compile(
    r"\b(?:you|your|u|ur|yours|y'all|ya|youre|you're|yourself)\b"
    r"|\b(?:lol|lmao|haha+|hehe+|omg|wow|yay|ugh|ouch|aww+|hooray|woohoo|jk|brb|ttyl|rofl|smh|idk|tbh|imo|wtf|xo+|phew|yikes|meh)\b"
    r"|\b(?:thank|thanks|thx|congrats|congratulations|sorry|welcome|cheers|kudos|good luck|well done|good job|great job|nice work|bravo|sweet dreams"
    r"|good (?:morning|night|evening|afternoon)|goodnight|gn|morning all|hello|happy (?:birthday|anniversary|new year|easter|mother|father|valentine|holidays|friday|monday|thanksgiving|halloween|saturday|sunday|hump)|merry christmas|bon voyage|safe travels"
    r"|have (?:a (?:good|great|nice|fun|safe|wonderful|lovely)|fun)|enjoy|take care|get well|feel better|miss(?:ing)?(?!ed? (?:school|class))|love (?:to|that|this|it|the|these|him|her|them|you)|sleep (?:well|tight)|see (?:ya|u|everyone|everybody|all|them|him|her|"
    rf"{P})|later (?:guys|gator|everyone)|talk (?:soon|later|to|tomorrow|tonight)|funday|bye|hugs|kisses|cya|til then|till then|until then|catch (?:ya|up later))\b",
    re.I,
)
_PAST = re.compile(
    rf"\b(?:was|were|wasn't|weren't|did|didn't|been|threw|grew|knew|began|taught|built|sent|wrote|rode|rang|sang|stood|wore|drank|kept|held|spilled|had|hadn't|went|(?<!ve )(?<!have )(?<!has )(?<!'s )got|saw|came|took|made|said|told|ate|lost|won|scored|forgot|(?<!be )picked|(?<!be )dropped|left|found|bought|broke|fell|slept|woke|called|arrived|finished|started|happened|watched|played|loved|liked|hated|used to|ended|cooked|cleaned|missed|ran|gave|paid|met|heard|texted|asked|landed|passed|failed|worked out|looked|enjoyed|spent|visited|booked already|remembered|walked|drove|ordered|shipped|delivered|since|ago|already|(?:have|has|'ve|{P}'s) (?:been|had|gone|seen|done|just))\b",
    re.I,
)
_MIND = re.compile(
    r"\b(?:think|thinks|thinking|thought|guess|hope|hoping|hopefully|wish|wonder|wondering|believe|know|knows|remember|feel|feels|feeling|felt|"
    r"love|loves|hate|want|wants|wanna|can't wait|cannot wait|can not wait|looking forward|excited|exciting|sounds|looks like|seems|seriously|literally|obviously|apparently|maybe|probably|perhaps|might|"
    r"imagine|bet|swear|promise|agree|understand|mean|means|care|worry|worried|proud|tired|exhausted|hungry|starving|sick|sad|bored|crazy|amazing|awesome|terrible|horrible|awful|gross|boring|hilarious|funny|beautiful|cute|adorable|disgusting|annoying|ridiculous|nuts|insane|delicious|yummy|weird|freezing|gorgeous|busy|too (?:late|early|long|much|many|bad|hot|cold|loud)|so (?:much|many|good|bad|late|early|tired|long|far|hot|cold|loud|fun|proud|happy|glad|funny|slow|nice|pretty|sweet|big)|favou?rite|the best|the worst|see (?:how|if|what))\b",
    re.I,
)
_WEATHER = re.compile(
    r"\b(?:rain(?:ing|y|s)?|snow(?:ing|y|s)?|sunny|weather|forecast|cloudy|storm(?:y|s)?|windy|humid|degrees|temperature|thunder|hail|heat ?wave|umbrella|sunset|sunrise|icy|fog(?:gy)?|chilly)\b",
    re.I,
)
_WORLD = re.compile(
    r"\b(?:score|scores|half ?time|overtime|goal|goals|minutes? (?:late|away|early|left|to go)|mins? (?:late|away|early|out|left)|hours? (?:late|away|early|left|drive|long)|running (?:a bit |a little |super |so )?(?:\S+ )?(?:\S+ )?(?:late|behind|behind schedule)|be late|on (?:my|our|his|her|their) way|omw|almost (?:there|home|done)|stuck in|traffic|parking|battery|eta|parked|"
    r"recipe|oven|preheat|bake (?:for|at)|closes? at|closing time|opens? at|airs?|on (?:espn|tv|netflix|hulu|disney\+?|hbo|channel \d+|youtube)|episode|season (?:finale|\d)|series finale|netflix|on sale|sales? (?:at|ends?|starts?|on)|discount|% off|\$\d+|coupon|deal|deals|news|article|stock|stocks|deadline extended|price|prices|costs?|"
    r"https?:|www\.|these photos|the photos|pics?|video|meme|link|wifi|password|version|update installed|level \d|fell asleep|asleep|awake|homemade|leftovers|in the (?:fridge|oven|mail|car)|keys|dinner(?:'s| is) (?:ready|at the table|on the table|served)|lunch(?:'s| is) ready|food is|birthdays? (?:is|are) (?:so|too)|years? old|turns? \d+|turned \d+|\d+ (?:years|yrs) (?:old|ago)|time flies|"
    r"how time|gas|milk|anything from|from the store|pizza|out of (?:milk|bread|eggs|coffee)|charger|who(?:'s| is) there|never mind|no worries|no problem|whatever|true|same here|me too|me neither|exactly|agreed|got it|roger|copy that|noted|as usual|every time|all the time|all day long|long day|what a|such a|how (?:cute|nice|fun|sweet|funny|awful|cool)|hurry|power|internet|electricity|guess what|by the way|fun fact|reminds me|it's (?:like|been|already|still|only|so|just|not|about|too|almost|ok|okay|fine|nice|fun|time|cold|hot|late|early|great|good|friday|monday|a)|it is (?:already|still|only|so)|is it (?:just|already|really|still))\b",
    re.I,
)
_MOMENT_IS = re.compile(
    rf"^(?:ok(?:ay)?|yes|sure|yeah)?\s*{T}\s*(?:can't|cannot|won't|feels?|looks?|seems?|works?|sounds|again|already|is (?:fine|good|great|ok|okay|best|perfect|better)|'s (?:fine|good|great|ok|perfect))\b",
    re.I,
)
_STATUS = re.compile(
    rf"^(?:(?:{P}|i|we|he|she|they)\s*(?:'ll|'m|'re|'s|will|am|are|is|should|shall|gonna|going to|won't|'ll be|may|can|\s)*\s*(?:be )?(?:still |just |now |almost |probably |already |currently |not |back |so |only |about to |finally )*|(?:be |will be |should be |just |now |almost |still |getting |currently |not )*)"
    rf"(?:home(?! (?:visit|game|inspection|show|tour|depot|appraisal|ec))|there|here|back|leaving|arriving|arrive|landing|landed|outside|inside|downstairs|upstairs|done|ready|omw|up|out of|running|going to bed|in bed|heading|headed|head out|coming|on my|at (?:the )?(?:store|shop|work|office|home|gym|airport|station|door|gate|school|mall|market|doctor|table|supermarket|register|park|pool|house|bank|costco|target|walmart)(?! .*(?:{T}.{{0,4}}(?:-|to|until)))|in (?:a meeting|line|the car|traffic|class|the shower|bed|a call)|call(?:ing)? back|text(?:ing)?|late|stuck|waiting|cooking|eating|driving|parking|boarding|walking|watching|finishing|starting|making|getting|off work|free|good|fine|ok|okay|happy|glad|sure|all set|down|game|in)\b",
    re.I,
)
_PRONOUN = re.compile(
    r"^(?:he|she|they|it|that|this|these|those|there|who|which|what|when|where|why|how|if|because|since|although|"
    r"though|until|while|after|before|whenever|as|maybe|still|even|only|not|never|nobody|nothing|someone|somebody|people|some|most|many|one|none|same)\b(?! (?:day|only|week|hike|game|visit|vacation|break|trip|party|show))",
    re.I,
)
_ASIDE = re.compile(
    rf"^(?:call|text|tell|ask|ring|phone|email|send|give|bring|show|help|let|wake|meet|wait|watch|look|check|guess|"
    rf"read|listen|hurry|stop|go|come|eat|sleep|wear|turn|shut|try|keep|don't|do not|never|hold on|hang|say|remember|see|miss|love|need|want)\b.{{0,14}}(?:\b(?:me|us|it|him|her|them|this|that)\b|{P}(?!.*\d)|$|\bwhen\b|\bif\b|out\b)",
    re.I,
)
_WILL = re.compile(rf"^{P}\s*(?:'ll|will|won't|'d|would|can|can't|cannot|could|couldn't|might|may|should|shouldn't|don't|doesn't|do|does)\b", re.I)
_I_AM = re.compile(rf"^(?:i'm|im|i am|we're|we are|{P}\s?'m|{P}\s?'re|{P} (?:am|is|are))\b", re.I)
_PLANS = re.compile(
    r"\b(?:away|off(?: work| school)?|working|on call|traveling|travelling|out of town|out of office|on (?:vacation|holiday|duty|leave|a (?:trip|business trip|work trip|school trip))|flying|"
    r"in (?!a\b|the\b|bed|trouble|my|love|pain|charge|line|front|traffic|here|there)\w+|at (?:a|the|my|his|her)?\s?\w*\s?(?:conference|camp|wedding|retreat|offsite|training|sleepover|party|workshop|seminar|reunion|convention)|visiting|hosting|having|getting (?:a |his |her |my )?(?:haircut|married|braces|shots|vaccin\w+)|seeing (?:the|a|my|dr)|taking|playing|attending|presenting|volunteering|babysitting|studying|staying|going to (?:the|a|see|chicago|\w+'s)|meeting|teaching|coaching|starting|unavailable|not available|"
    r"at \w+'s|busy|closed|out(?= (?:all|on|for|from))|performing|competing|singing|dancing|racing|speaking|running (?:the|a|in)|on a)\b",
    re.I,
)
_QUESTION = re.compile(
    rf"^(?:who|what|when|where|why|how|which|whose|is|are|am|was|were|do|does|did|can|could|will|would|should|shall|may|has|have|had"
    rf"|any|anyone|anybody|someone|want|wanna|need|ready|isn't|aren't|don't|didn't|won't|can't|{P} (?:want|need|like|still|going))\b",
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
    if _asks(plain) or _SPOKEN.search(clause.text) or _PAST.search(_unowned(plain)) or _PRONOUN.match(plain) or _MOMENT_IS.match(plain):
        return True
    if _WEATHER.search(plain) or _WORLD.search(plain) or _ASIDE.match(plain):
        return True
    return _personal_talk(plain) or _feeling(plain)


_SOON = re.compile(r"\bin (?:about )?(?:\d{1,2}|five|ten|fifteen|twenty|thirty|a few|a couple(?: of)?|half an?) ?(?:m|mins?|minutes?|hour)?\b(?!\w)", re.I)
"""Moments nobody books: "dinner in 10 minutes!"."""


def is_spoken(text: str) -> bool:
    """Whether the words are addressed to somebody: "lol", "thanks", "you"."""
    return bool(_SPOKEN.search(text))


def names_event(words: list[str]) -> bool:
    """Whether the words hold one that is typical of calendars."""
    return any(word in EVENTS or word.rstrip("s") in EVENTS for word in words)


def _asks(plain: str) -> bool:
    """A question, unless it only proposes an event: "Soccer Sat 10am?"."""
    proposes = names_event(plain_words(plain)) and not _QUESTION.match(plain)
    return "?" in plain and not (proposes and re.search(T, plain))


def _personal_talk(plain: str) -> bool:
    if _I_AM.match(plain):
        return not _PLANS.search(plain)
    if _STATUS.match(plain):
        return True
    return bool(_WILL.match(plain)) and not _does(plain)


def _does(plain: str) -> bool:
    """ "I'll pick up Leo at 3", "I can take Mia to ballet": promises with a job in them."""
    return bool(
        re.search(r"\b(?:pick(?:ing)? (?:.{1,12} )?up|drop(?:ping)? (?:.{1,12} )?off|driv\w+|take|taking|work|working|babysit|have|attend|host|travel|be (?:away|working|traveling|out of town|in [A-Z]))\b", plain)
        or names_event(plain_words(plain)) and re.search(r"\b(?:go|going|have|do|be at)\b", plain)
    )


def _feeling(plain: str) -> bool:
    return bool(_MIND.search(plain)) and not (names_event(plain_words(plain)) and not re.search(r"\b(?:i|we|so)\b", plain, re.I))


def _unowned(plain: str) -> str:
    """Dropped: past participles that name events ("left luggage" does not occur; "lost tooth" does)."""
    return re.sub(r"\b(?:made[- ]up|saw ?mill|got talent|played by)\b", " ", plain, flags=re.I)
