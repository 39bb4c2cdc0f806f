"""German."""

from __future__ import annotations

from scheduling.language.tongues.tongue import Tongue, signs, words

_WHEN = (
    r"(?=am |um |heute|morgen|übermorgen|nächst|diese|kommend|von |zwischen |jede|in |ab |"
    r"den |bis |"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|\d)"
)
_CALL_OFF = (
    r"(?:(?:ich bin|wir sind|\w+ ist)(?: alle)? krank[,.]? )?(?:sage?|lösche?|streiche?|storniere?)"
)
_THE = r"(?:(?:das|den|die|der|dem|unser(?:e|en|em)?|mein(?:e|en|em)?) )?"

GERMAN = Tongue(
    code="de",
    signs=signs(
        """
        ja nein gerne uhr und mit für fuer nicht ich wir
        der das dem den ein eine einen ist sind hat haben bei
        zum zur um morgen heute übermorgen uebermorgen montag dienstag mittwoch donnerstag freitag
        samstag sonnabend sonntag montags dienstags mittwochs donnerstags freitags samstags
        sonntags januar februar märz juni juli oktober dezember nächste nächsten nächster
        nächstes kommenden jeden jede woche abend nachmittag vormittag früh bitte kannst verschiebe
        verschieben verschieb verlege auf von bis wann wer was wo wieder braucht brauche brauchen
        halb viertel stunde stunden minuten erinnere sag absagen streiche lösche storniere ab
        """
    ),
    words={
        "weekday": words(
            """
            montag=Monday dienstag=Tuesday mittwoch=Wednesday donnerstag=Thursday freitag=Friday
            samstag=Saturday sonnabend=Saturday sonntag=Sunday
            """
        ),
        "wd": words(
            "mo=Monday di=Tuesday mi=Wednesday do=Thursday fr=Friday sa=Saturday so=Sunday"
        ),
        "weekdays": words(
            """
            montags=Monday dienstags=Tuesday mittwochs=Wednesday donnerstags=Thursday
            freitags=Friday samstags=Saturday sonnabends=Saturday sonntags=Sunday
            """
        ),
        "month": words(
            """
            januar=January jänner=January februar=February märz=March maerz=March april=April
            mai=May juni=June juli=July august=August september=September oktober=October
            november=November dezember=December jan=January feb=February mär=March apr=April
            jun=June jul=July aug=August sep=September sept=September okt=October nov=November
            dez=December
            """
        ),
        "part": words(
            """
            morgen=morning früh=morning vormittag=morning mittag=noon nachmittag=afternoon
            abend=evening nacht=night
            """
        ),
        "parts": words(
            """
            morgens=morning vormittags=morning mittags=noon nachmittags=afternoon abends=evening
            nachts=night
            """
        ),
        "unit": words(
            """
            minute=minutes minuten=minutes min=minutes stunde=hours stunden=hours std=hours
            tag=days tage=days tagen=days woche=weeks wochen=weeks monat=months monate=months
            monaten=months jahr=years jahre=years jahren=years
            """
        ),
        "n": words(
            """
            1=1 2=2 3=3 4=4 5=5 6=6 7=7 8=8 9=9 10=10 11=11 12=12 15=15 20=20 25=25 30=30 45=45
            40=40 50=50 60=60 75=75 90=90 120=120 180=180 14=14 ein=1 eins=1 eine=1 einem=1 einen=1
            einer=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11
            zwölf=12 zwanzig=20 dreißig=30 fünfzehn=15 vierzehn=14
            """
        ),
        "before": words(
            """
            1=12 2=1 3=2 4=3 5=4 6=5 7=6 8=7 9=8 10=9 11=10 12=11 eins=12 zwei=1 drei=2 vier=3
            fünf=4 sechs=5 sieben=6 acht=7 neun=8 zehn=9 elf=10 zwölf=11
            """
        ),
    },
    phrases=(
        # Days and parts of them.
        (r"übermorgen|uebermorgen", "the day after tomorrow"),
        (r"heute nacht", "tonight"),
        (r"heute abend", "tonight"),
        (r"heute (?:früh|morgen|vormittag)", "this morning"),
        (r"heute {part}", "today {part}"),
        (r"morgen {part}", "tomorrow {part}"),
        (r"(?:am )?{weekday}\s?(?:in der )?{part}", "{weekday} {part}"),
        (r"(?:am )?{weekday} {parts}", "{weekday} {parts}"),
        (r"(?:am|in der|zum) {part}", "in the {part}"),
        (r"{parts}", "in the {parts}"),
        (r"heute", "today"),
        (r"morgen", "tomorrow"),
        (r"gestern", "yesterday"),
        # Again and again.
        (r"(?:jeden|jede) zweite[n]? {weekday}", "every other {weekday}"),
        (r"alle (?:zwei|2) wochen(?: am)? {weekday}s?", "every other {weekday}"),
        (r"alle (?:zwei|2) wochen", "every other week"),
        (r"alle {n} {unit}", "every {n} {unit}"),
        (r"jeden {weekday} und {weekday2}", "every {weekday} and {weekday2}"),
        (r"(?:immer )?{weekdays} und {weekdays2}", "every {weekdays} and {weekdays2}"),
        (r"jeden {weekday}{part}", "every {weekday} {part}"),
        (r"(?:jeden|jede woche|immer am) {weekday}", "every {weekday}"),
        (r"(?:immer )?{weekdays}", "every {weekdays}"),
        (r"jeden (?:werk)?tag|täglich|taeglich", "every day"),
        (r"werktags|unter der woche|jeden werktag", "every weekday"),
        (r"jede woche|wöchentlich", "every week"),
        (r"jeden monat|monatlich", "every month"),
        (r"jedes jahr|jährlich", "every year"),
        (r"jeden (?:ersten|1\.) {weekday} im monat", "every first {weekday} of the month"),
        (r"bis ende {month}", "until the end of {month}"),
        (r"bis(?: zum)? {d}\.\s?{month}", "until {month} {d}"),
        (r"bis(?: zum)? {num}", "until {num}"),
        # Dates.
        (
            r"(?:am |den |dem |der )?{weekday},? (?:den |dem )?{d}\.\s?{month} {y}",
            "on {month} {d}, {y}",
        ),
        (r"(?:am |den |dem |der )?{weekday},? (?:den |dem )?{d}\.\s?{month}", "on {month} {d}"),
        (r"(?:am |den |dem |der |vom )?{d}\.\s?{month} {y}", "on {month} {d}, {y}"),
        (
            r"(?:vom )?{d}\.(?:\s?{month})? bis(?: zum)? {d2}\.\s?{month2}",
            "from {month2} {d} to {month2} {d2}",
        ),
        (r"(?:am |den |dem |der )?{d}\.\s?{month}", "on {month} {d}"),
        (r"(?:am |den )?{weekday},? (?:den |dem )?{num}", "on {num}"),
        (r"(?:am |den |dem )?{num}", "on {num}"),
        (r"(?:am|den|dem) {d}\.", "on the {d:th}"),
        (r"ende {month}", "the end of {month}"),
        (r"anfang {month}", "the beginning of {month}"),
        # Weeks and weekdays.
        (r"(?:am )?(?:nächsten|naechsten|kommenden) {weekday}{part}", "next {weekday} {part}"),
        (
            r"(?:am )?(?:nächsten|naechsten|kommenden|nächster|nächste woche) {weekday}",
            "next {weekday}",
        ),
        (r"{weekday} nächster woche|{weekday2} nächste woche", "next {weekday}"),
        (r"(?:am )?(?:diesen|dieser) {weekday}", "this {weekday}"),
        (r"(?:am )?(?:nächstes|nächsten|kommendes|kommenden) wochenende", "next weekend"),
        (r"(?:am|dieses|diesem) wochenende|wochenende", "this weekend"),
        (r"(?:in der )?(?:nächste[nr]?|naechste[nr]?|kommende[nr]?) woche", "next week"),
        (r"(?:in )?(?:dieser|diese) woche", "this week"),
        (r"nächsten monat|nächster monat", "next month"),
        (r"(?:ab|seit) {weekday}", "from {weekday} on"),
        (r"(?:am |den |dem |vom |von )?{weekday}", "on {weekday}"),
        (r"am {wd}\.?", "on {wd}"),
        (r"in {n} {unit}", "in {n} {unit}"),
        (r"heute in {n} wochen", "in {n} weeks"),
        (r"in einer halben stunde", "in 30 minutes"),
        # Hours.
        (r"von {clock}(?: uhr)? bis {clock2}(?: uhr)?", "from {clock} to {clock2}"),
        (r"zwischen {clock}(?: uhr)? und {clock2}(?: uhr)?", "between {clock} and {clock2}"),
        (r"{clock}(?: uhr)?\s?(?:bis|-|–)\s?{clock2} uhr", "{clock}-{clock2}"),
        (r"(?:um )?halb {before}", "at {before}:30"),
        (r"(?:um )?dreiviertel {before}", "at {before}:45"),
        (r"(?:um )?viertel nach {n}", "at {n}:15"),
        (r"(?:um )?viertel vor {before}", "at {before}:45"),
        (r"(?:um )?{n} nach halb {before}", "at {before}:30"),
        (r"(?:um )?{n} nach {n2}", "at {n} past {n2}"),
        (r"(?:um )?{n} vor {n2}", "at {n} to {n2}"),
        (r"(?:um|gegen|so um) {n} uhr {m}", "at {n}:{m}"),
        (r"(?:um |gegen |so um )?{h} uhr {m}", "at {h}:{m}"),
        (r"(?:um|gegen|so um) {clock}(?: uhr)?", "at {clock}"),
        (r"(?:bis|spätestens) (?:um )?{clock} uhr", "until {clock}"),
        (r"ab {clock}(?: uhr)?", "from {clock}"),
        (r"{clock} uhr", "at {clock}"),
        (r"(?:um|gegen) {n}(?: uhr)?", "at {n}"),
        (r"{n} uhr", "at {n}"),
        (r"(?:um )?mitternacht", "at midnight"),
        # Lengths.
        (r"(?:für |fuer )?(?:eine )?halbe stunde(?: lang)?", "for 30 minutes"),
        (r"(?:für )?(?:anderthalb|eineinhalb|1,5) stunden(?: lang)?", "for 90 minutes"),
        (r"(?:für )?(?:zweieinhalb|2,5) stunden(?: lang)?", "for 150 minutes"),
        (r"(?:eine )?dreiviertelstunde(?: lang)?", "for 45 minutes"),
        (r"{n} {unit} (?:vorher|davor|im voraus)", "{n} {unit} before"),
        (r"eine stunde (?:vorher|davor)", "1 hour before"),
        (r"(?:für |fuer |dauert )?{n} {unit}(?: lang)?", "for {n} {unit}"),
        (r"ganztägig|den ganzen tag|ganzer tag", "all day"),
        # People and things.
        (r"für die kinder", "for the kids"),
        (r"(?:für alle|für uns alle|wir alle|(?:für )?die ganze familie)", "for everyone"),
        (r"alle(?=[\s.!?]*$)", "everyone"),
        (r"für (?:mich|uns)", "for me"),
        (r"für|fuer", "for"),
        (r"mit allen", "with everyone"),
        (r"mit", "with"),
        (r"die kinder", "the kids"),
        (r"(?:(?:ich|wir|er|sie) )?brauch(?:e|en|t|st)? (?:das|den|die|ein(?:e|en)?)", "need the"),
        (r"(?:mit dem|mit der) (?=auto|wagen|fahrrad|rad|bus)", "need the "),
        (
            r"(?:und )?(?:bitte )?erinner(?:e|t)? (?:mich|uns)(?: daran)? {n} {unit} "
            r"(?:vorher|davor)",
            "remind me {n} {unit} before",
        ),
        (
            r"(?:und )?(?:bitte )?erinner(?:e|t)? (?:mich|uns)(?: daran)? eine stunde "
            r"(?:vorher|davor)",
            "remind me 1 hour before",
        ),
        (r"wer (?:holt|holt ihn|holt sie) ab", "who picks up"),
        (r"wer fährt", "who drives"),
        # What an event is decides whether it fills a day and when it usually is.
        (r"geburtstag(?=\s|$|,)", "birthday"),
        (r"schulfrei|keine schule", "no school"),
        (r"urlaub|ferien", "vacation"),
        (r"ausflug|reise|klassenfahrt", "trip"),
        (r"frühstück", "breakfast"),
        (r"mittagessen", "lunch"),
        (r"abendessen", "dinner"),
        (r"müllabfuhr|müll", "trash"),
        (r"zahnarzt", "dentist"),
        (r"krank", "sick"),
        (r"außer|ausser", "except"),
        (r"und", "and"),
    ),
    frames=(
        (rf"{_CALL_OFF} alles {_WHEN}{{z}}(?: ab)?", "cancel everything {z}"),
        (rf"{_CALL_OFF} {_WHEN}{{z}} alles(?: ab)?", "cancel everything {z}"),
        (rf"{_CALL_OFF} alles(?: ab)?", "cancel everything"),
        (rf"wer hat {_THE}{{x}} {_WHEN}{{z}}", "who has the {x} {z}?"),
        (r"(?=heute|morgen|am ){z} kein(?:e|en)? (?!schule|termine|zeit){x}", "cancel {x} {z}"),
        (r"kein(?:e|en)? (?!schule|termine|zeit|ahnung|problem){x}", "cancel {x}"),
        (r"hat (?:jemand|wer) {x} zeit", "who is free {x}?"),
        (r"{x} dauert immer {n} {unit}", "{x} is always {n} {unit}"),
        (r"(?:nimm|nehme|genehmige|annehmen) {n}", "approve {n}"),
        (r"ablehnen|abgelehnt", "reject"),
        (
            r"wir haben ein(?:e|en)? (?=auto|wagen|bus|fahrrad|rad|gästezimmer|garage|drucker){x}",
            "add the resource {x}",
        ),
        (r"keine termine für {x} nach {clock}(?: uhr)?", "no events for {x} after {clock}"),
        (r"höchstens {n} termine am tag für {x}", "at most {n} events a day for {x}"),
        (rf"{{x}} hat {_WHEN}{{z}}", "{x} {z}"),
        (r"{x} muss {z}", "{x} {z}"),
        (
            rf"{_THE}{{x}} ist bis (?:zum )?{{z}} (?:in der werkstatt|kaputt)",
            "the {x} is in the shop until {z}",
        ),
        (
            rf"{_THE}{{x}} um {{n}} {{unit}} (?:nach hinten |später )verschieben",
            "move the {x} {n} {unit} later",
        ),
        (r"was machen wir {x}", "what's on {x}?"),
        (r"(?:tschüss,? )?bis (?!\d){x}", "see you {x}"),
        (
            rf"(?:verschieb(?:e|en)?|verleg(?:e|en)?) {_THE}{{x}} um {{n}} {{unit}}"
            r"(?: nach hinten| später)?",
            "move the {x} {n} {unit} later",
        ),
        (
            rf"(?:verschieb(?:e|en)?|verleg(?:e|en)?|zieh) {_THE}{{x}} um {{n}} {{unit}}"
            r" (?:vor|nach vorne|früher)",
            "move the {x} {n} {unit} earlier",
        ),
        (
            rf"(?:verschieb(?:e|en)?|verleg(?:e|en)?) {_THE}{{x}} (?:auf|um) {{z}}",
            "move the {x} to {z}",
        ),
        (rf"{_THE}{{x}} auf {{z}} (?:verschieben|verlegen|legen)", "move the {x} to {z}"),
        (
            rf"{_THE}{{x}} (?:ist|wird|wurde|findet) (?:jetzt |doch )?auf {{z}} "
            r"(?:verschoben|verlegt)",
            "move the {x} to {z}",
        ),
        (rf"(?:sag|sage) {_THE}{{x}} ab", "cancel the {x}"),
        (
            rf"(?:stornier(?:e|en)?|lösch(?:e|en)?|streich(?:e|en)?|cancel) {_THE}{{x}}",
            "cancel the {x}",
        ),
        (rf"{_THE}{{x}} (?:absagen|löschen|streichen|stornieren)", "cancel the {x}"),
        (rf"{_THE}{{x}} (?:fällt|faellt) aus", "cancel the {x}"),
        (rf"{_THE}{{x}} (?:fällt|faellt) {{z}} aus", "cancel the {x} {z}"),
        (
            r"(?:was|was gibt es|was liegt) (?:steht |ist |haben wir |habe ich |liegt "
            r")?{x} (?:an|los|vor|geplant)",
            "what's on {x}?",
        ),
        (r"was (?:ist|steht|haben wir|habe ich) {x}", "what's on {x}?"),
        (r"(?:zeig|zeige) (?:mir|uns) {x}", "show {x}"),
        (
            r"wann (?:ist|sind|beginnt|war|fängt) (?:das |der |die |unser |mein "
            r")?(?:nächste[rns]? )?{x}(?: an)?",
            "when is the {x}?",
        ),
        (r"wann hat {x} (?:wieder )?{z}", "when is {x}'s {z}?"),
        (
            r"wann (?:haben wir|sind wir|hat die familie)(?: alle)? {x} (?:zeit|frei)",
            "when are we free {x}?",
        ),
        (r"wann (?:haben wir|sind wir)(?: alle)? (?:zeit|frei)", "when are we free this week?"),
        (r"wer (?:ist|hat) {x} (?:frei|zeit)", "who is free {x}?"),
        (
            rf"(?:hat|ist|haben|sind) {_THE}{{x}} {_WHEN}{{z}} (?:frei|zeit|verfügbar)",
            "is the {x} free {z}?",
        ),
        (r"wer fährt {x}", "who drives {x}?"),
        (r"erinner(?:e|t)? (?:mich|uns) {x} (?:daran,? |an )(?:dass )?{z}", "remind me {x} to {z}"),
        (r"erinner(?:e|t)? (?:mich|uns) (?:daran,? |an )(?:dass )?{x}", "remind me to {x}"),
        (r"erinner(?:e|t)? {x} (?:daran,? |an )(?:dass )?{z}", "remind {x} to {z}"),
        (r"(?:trag(?:e)?|mach(?:e)?) {x} (?:ein|aus)", "book {x}"),
        (r"{x} (?:eintragen|buchen)", "book {x}"),
        (r"(?:ja|ok|okay|gerne|passt|einverstanden)(?: bitte)?", "yes"),
        (r"(?:nein|nö|lieber nicht)(?: danke)?", "no"),
        (r"(?:rückgängig|mach das rückgängig|zurücknehmen|nimm das zurück)", "undo"),
    ),
    polite=(
        r"können wir(?: bitte)?|könnten wir|"
        r"bitte|kannst du(?: mal| bitte)?|könntest du(?: bitte)?|kannst du uns|wir müssen|ich "
        r"muss|danke|hallo|hi"
    ),
    things=words(
        """
        auto=car wagen=car fahrrad=bike rad=bike fahrräder=bikes gästezimmer=guest_room
        küche=kitchen wohnzimmer=living_room garage=garage drucker=printer
        """
    ),
)
