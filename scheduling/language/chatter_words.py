"""The words that tell talk from bookings, as lists: alternatives between slashes.

Each is a piece of a pattern; `{P}` is somebody of the family.
"""

from __future__ import annotations

from scheduling.language.clause import P, T
from scheduling.language.wordset import phrases, word_set

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

SPOKEN = phrases(
    rf"""
    you / your / u / ur / yours / y'all / ya / youre / you're / yourself / lol / lmao / haha+ /
    hehe+ / omg / wow / yay / ugh / ouch / aww+ / hooray / woohoo / jk / brb / ttyl / rofl / smh /
    idk / tbh / imo / wtf / xo+ / phew / yikes / meh / thank / thanks / thx / congrats /
    congratulations / sorry / welcome / cheers / kudos / good luck / well done /
    (?:good|great|nice|big) (?:job|work|game|try|effort) / bravo / sweet dreams /
    good (?:morning|night|evening|afternoon) / goodnight / gn / morning all / hello /
    happy (?:birthday|anniversary|new year|easter|mother|father|valentine|holidays) /
    happy (?:friday|monday|thanksgiving|halloween|saturday|sunday|hump) /
    merry christmas / bon voyage / safe travels /
    have (?:a (?:good|great|nice|fun|safe|wonderful|lovely)|fun) / enjoy / take care / get well /
    feel better / miss(?:ing)?(?!ed? (?:school|class)) /
    love (?:to|that|this|it|the|these|him|her|them|you) / sleep (?:well|tight) /
    see (?:ya|u|everyone|everybody|all|them|him|her|{P}) / later (?:guys|gator|everyone) /
    talk (?:soon|later|to|tomorrow|tonight) / funday / bye / hugs / kisses / cya / til then /
    till then / until then / catch (?:ya|up later)
    """
)
"""Words to somebody rather than about an event."""

PAST = phrases(
    rf"""
    was / were / wasn't / weren't / did / didn't / been / threw / grew / knew / began / taught /
    built / sent / wrote / rode / rang / sang / stood / wore / drank / kept / held / spilled /
    had / hadn't / went / (?<!ve )(?<!have )(?<!has )(?<!'s )got / saw / came / took / made /
    said / told / ate / lost / won / scored / forgot / (?<!be )picked / (?<!be )dropped / left /
    found / sucked / bought / broke / fell / slept / woke / called / arrived / finished / started /
    happened / watched / played / loved / liked / hated / used to / ended / cooked / cleaned /
    missed / ran / gave / paid / met / heard / texted / asked / landed / passed / failed /
    worked out / moved (?!to) / changed (?!to) / looked / enjoyed / spent / visited /
    booked already / remembered / walked /
    drove / ordered / shipped / delivered / since / ago / already /
    (?:have|has|'ve|{P}'s) (?:been|had|gone|seen|done|just)
    """
)
"""What has happened is no plan."""

GOT_A_PLACE = (
    rf"\b(?:got|managed to get|have|has)(?: {P})? (?:an? |the |two "
    rf"|\d )?(?:[\w-]+ ){{0,2}}(?:tickets?|tix|spot|slot|place"
    rf"|opening|appointment|appt"
    r"|table|reservation|seat|booking)\b"
)
"""What was got is a booking to come."""

MIND = phrases(
    r"""
    think / thinks / thinking / thought / guess / hope / hoping / hopefully / wish / wonder /
    wondering / believe / know / knows / remember / feel / feels / feeling / felt / love / loves /
    hate / want / wants / wanna / can't wait / cannot wait / can not wait / looking forward /
    excited / exciting / sounds / looks like / seems / seriously / literally / obviously /
    apparently / maybe / probably / perhaps / might / imagine / bet / swear / promise / agree /
    understand / mean / means / care / worry / worried / proud / tired / exhausted / hungry /
    starving / sick / sad / bored / crazy / amazing / awesome / terrible / horrible / awful /
    gross / boring / hilarious / funny / beautiful / cute / adorable / disgusting / annoying /
    ridiculous / nuts / insane / delicious / yummy / weird / freezing / gorgeous / busy /
    too (?:late|early|long|much|many|bad|hot|cold|loud) /
    so
    (?:much|many|good|bad|late|early|tired|long|far|hot|cold|loud|fun|proud|happy|glad|funny|slow|nice|pretty|sweet|big)
    /
    favou?rite / (?:is|are) (?:so )?real / the best / the worst / see (?:how|if|what)
    """
)
"""Feelings and opinions; an event among them may still be meant."""

WEATHER = phrases(
    r"""
    rain(?:ing|y|s)? / snow(?:ing|y|s)? / sunny / weather / forecast / cloudy / storm(?:y|s)? /
    windy / humid / degrees / heat index / uv index / temperature / thunder / hail / heat ?wave /
    umbrella / (?<!at )(?<!around )(?<!before )(?<!by )(?<!until )sunset /
    sunrise / icy / fog(?:gy)? / chilly
    """
)
"""The sky."""

WORLD = phrases(
    rf"""
    score / scores / half ?time / overtime / goal / goals /
    minutes? (?:late|away|early|left|to go) / mins? (?:late|away|early|out|left) /
    hours? (?:late|away|early|left|drive|long) /
    running (?:a bit |a little |super |so )?(?:\S+ )?(?:\S+ )?(?:late|behind|behind schedule) /
    be late / on (?:his|her|their|{P}) way / omw /



    (?:train|bus|flight|plane|ferry|subway) (?:is |was |got |has been )*(?:delayed|late|on time) /
    almost (?:there|home|done) / stuck in /
    traffic / parking / battery / eta / parked / recipe / oven / preheat / bake (?:for|at) /
    closes? at / closing time / opens? at / airs? /
    on (?:espn|tv|netflix|hulu|disney\+?|hbo|channel \d+|youtube) / episode /
    season (?:finale|\d) / series finale / netflix / on sale /
    (?<!bake )(?<!yard )(?<!garage )sales? (?:at|ends?|starts?|on) / discount / % off / \$\d+ /
    coupon / deal / deals / news / article / stock / stocks / deadline extended / price / prices /
    costs? / https?: / www\. / these photos / the photos / pics?(?! day| {T}) / video / meme /
    link / wifi /
    password / version / update installed / level \d / fell asleep / asleep / awake / homemade /
    leftovers / in the (?:fridge|oven|mail|car) / keys /
    dinner(?:'s| is) (?:ready|at the table|on the table|served) / lunch(?:'s| is) ready /
    food is / birthdays? (?:is|are) (?:so|too) / years? old / turns? \d+ / turned \d+ /
    \d+ (?:years|yrs) (?:old|ago) / time flies / how time / out of order / moving (?:in|out) /
    anything from / from the store / out of (?:milk|bread|eggs|coffee) / charger /
    who(?:'s| is) there / never mind / no worries / no problem / whatever / true / same here /
    me too / me neither / exactly / agreed / got it / roger / copy that / noted / as usual /
    every time / all the time / all day long / long day / what a / such a /
    how (?:cute|nice|fun|sweet|funny|awful|cool) / hurry / power / internet / electricity /
    guess what / by the way / fun fact / reminds me /
    it's
    (?:like|been|already|still|only|so|just|not|about|too|almost|ok|okay|fine|nice|fun|time|cold|hot|late|early|great|good|friday|monday|a)
    /
    it is (?:already|still|only|so) / is it (?:just|already|really|still)
    """
)
"""Scores, traffic, television, prices, shops: what happens without the family."""

PLANS = phrases(
    rf"""
    away / off(?: work| school)? / working / on call / traveling / travelling / out of town /
    out of office /
    on (?:vacation|holiday|duty|leave|a (?:trip|business trip|work trip|school trip)) / flying /
    in (?!a\b|the\b|bed|trouble|my|love|pain|charge|line|front|traffic|here|there)\w+ /
    at
    (?:a|the|my|his|her)?\s?\w*\s?(?:conference|camp|wedding|retreat|offsite|training|sleepover|party|workshop|seminar|reunion|convention)
    /
    visiting / hosting / having /
    getting (?:a |his |her |my )?(?:haircut|married|braces|shots|vaccin\w+) /
    picking (?:{P} )?up(?= {P}| (?:{P} )?from|$) / seeing (?:the|a|my|dr) / taking / playing /
    attending / presenting / volunteering / babysitting / studying / staying /
    going to (?:the|a|see|chicago|\w+'s) / meeting / teaching / coaching / starting /
    unavailable / not available / at \w+'s / busy / closed / out(?= (?:all|on|for|from)) /
    performing / competing / singing / dancing / racing / speaking / running (?:the|a|in) / on a
    """
)
"""After "I'm" or "Leo is": what people plan, against what they are just doing."""
