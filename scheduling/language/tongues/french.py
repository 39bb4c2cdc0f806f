"""French."""

from __future__ import annotations

from scheduling.language.tongues.tongue import Tongue, signs, words

_THE = r"(?:(?:le|la|les|mon|ma|notre|l['’]))? ?"

_ARE_WE = r"(?:est-ce qu['’]on est|sommes-nous|est-on|on est)"

FRENCH = Tongue(
    code="fr",
    signs=signs(
        """
        oui non le les des du avec pour une
        est sont chez aujourd'hui demain soir matin midi heures lundi
        mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet
        août septembre octobre novembre décembre prochain prochaine chaque semaine rendez rdv
        annule annuler supprime déplace deplace décale reporte quand qui quoi libre libres
        besoin voiture rappelle rappelle-moi rappelle-nous tous toutes après-midi après jusqu'au
        jusqu'à pendant à a-t-on qu'est-ce heure minutes cours ce cet demi est-ce et la piscine
        anniversaire nous midi j'ai
        """
    ),
    words={
        "weekday": words(
            """
            lundi=Monday mardi=Tuesday mercredi=Wednesday jeudi=Thursday vendredi=Friday
            samedi=Saturday dimanche=Sunday lundis=Monday mardis=Tuesday mercredis=Wednesday
            jeudis=Thursday vendredis=Friday samedis=Saturday dimanches=Sunday
            """
        ),
        "month": words(
            """
            janvier=January février=February fevrier=February mars=March avril=April mai=May
            juin=June juillet=July août=August aout=August septembre=September octobre=October
            novembre=November décembre=December decembre=December
            """
        ),
        "part": words(
            """
            matin=morning midi=noon après-midi=afternoon apres-midi=afternoon aprèm=afternoon
            soir=evening nuit=night
            """
        ),
        "half": words("du_matin=am de_l'après-midi=pm de_l’après-midi=pm du_soir=pm"),
        "unit": words(
            """
            minute=minutes minutes=minutes min=minutes mn=minutes heure=hours heures=hours
            jour=days jours=days semaine=weeks semaines=weeks mois=months an=years ans=years
            """
        ),
        "n": words(
            """
            1=1 2=2 3=3 4=4 5=5 6=6 7=7 8=8 9=9 10=10 11=11 12=12 15=15 20=20 25=25 30=30 40=40
            45=45 50=50 60=60 75=75 90=90 120=120 14=14 un=1 une=1 deux=2 trois=3 quatre=4 cinq=5
            six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 quinze=15 vingt=20 trente=30
            """
        ),
        "before": words(
            """
            1=12 2=1 3=2 4=3 5=4 6=5 7=6 8=7 9=8 10=9 11=10 12=11 une=12 deux=1 trois=2 quatre=3
            cinq=4 six=5 sept=6 huit=7 neuf=8 dix=9 onze=10 douze=11
            """
        ),
    },
    phrases=(
        # Days and parts of them.
        (r"après-demain|apres-demain|après demain", "the day after tomorrow"),
        (r"demain {part}", "tomorrow {part}"),
        (r"ce soir|cette nuit", "tonight"),
        (r"(?:ce|cet|cette) {part}", "this {part}"),
        (r"(?:le )?{weekday} {part}", "{weekday} {part}"),
        (r"aujourd['’]hui", "today"),
        (r"demain", "tomorrow"),
        (r"hier", "yesterday"),
        # Again and again.
        (r"un {weekday} sur deux", "every other {weekday}"),
        (
            r"(?:toutes les (?:deux|2) semaines|une semaine sur deux)(?:,? le)? {weekday}",
            "every other {weekday}",
        ),
        (r"toutes les (?:deux|2) semaines|une semaine sur deux", "every other week"),
        (r"tou(?:te)?s les {n} {unit}", "every {n} {unit}"),
        (
            r"(?:tous les|chaque|les) {weekday} et(?: les)? {weekday2}",
            "every {weekday} and {weekday2}",
        ),
        (r"(?:tous les|chaque|les) {weekday} {part}", "every {weekday} {part}"),
        (r"(?:tous les|chaque|les) {weekday}", "every {weekday}"),
        (r"tous les jours|chaque jour|quotidiennement", "every day"),
        (r"en semaine|les jours ouvrables", "every weekday"),
        (r"toutes les semaines|chaque semaine", "every week"),
        (r"tous les mois|chaque mois", "every month"),
        (r"tous les ans|chaque année", "every year"),
        (
            r"(?:le|chaque) premier {weekday} (?:du|de chaque) mois",
            "every first {weekday} of the month",
        ),
        (r"jusqu['’](?:à (?:la )?)?fin {month}", "until the end of {month}"),
        (r"jusqu['’]au (?:{weekday} )?{d} {month}", "until {month} {d}"),
        (r"jusqu['’]au {num}", "until {num}"),
        (r"jusqu['’]à {weekday}", "until {weekday}"),
        # Dates.
        (r"(?:le )?{weekday},? (?:le )?{d}(?:er)? {month} {y}", "on {month} {d}, {y}"),
        (r"(?:le )?{weekday},? (?:le )?{d}(?:er)? {month}", "on {month} {d}"),
        (r"(?:le )?{d}(?:er)? {month} {y}", "on {month} {d}, {y}"),
        (r"du {d}(?:er)?(?: {month})? au {d2} {month2}", "from {month2} {d} to {month2} {d2}"),
        (r"(?:le )?{d}(?:er)? {month}", "on {month} {d}"),
        (r"(?:le )?{weekday},? (?:le )?{num}", "on {num}"),
        (r"(?:le )?{num}", "on {num}"),
        (r"le {d}(?:er)?(?! ?h| ?:)", "on the {d:th}"),
        (r"(?:à la )?fin {month}", "the end of {month}"),
        # Weeks and weekdays.
        (r"(?:le )?{weekday} prochain {part}", "next {weekday} {part}"),
        (r"(?:le )?{weekday} (?:prochain|de la semaine prochaine)", "next {weekday}"),
        (r"ce {weekday}", "this {weekday}"),
        (r"(?:le )?week-?end prochain", "next weekend"),
        (r"(?:ce|le) week-?end", "this weekend"),
        (r"(?:la )?semaine prochaine", "next week"),
        (r"cette semaine", "this week"),
        (r"(?:le )?mois prochain", "next month"),
        (r"(?:à partir de|dès) {weekday}", "from {weekday} on"),
        (r"dans une demi-heure", "in 30 minutes"),
        (r"dans {n} {unit}", "in {n} {unit}"),
        # Hours.
        (r"de {clock}(?: heures)? à {clock2}(?: heures)?", "from {clock} to {clock2}"),
        (r"entre {clock}(?: heures)? et {clock2}(?: heures)?", "between {clock} and {clock2}"),
        (r"(?:à |vers )?{n} heures? et demie? {half}", "at {n}:30 {half}"),
        (r"(?:à |vers )?{n} heures? et demie?", "at {n}:30"),
        (r"(?:à |vers )?{n} heures? et quart", "at {n}:15"),
        (r"(?:à |vers )?{before} heures? moins le quart", "at {before}:45"),
        (r"(?:à |vers )?{h} heures? {m}", "at {h}:{m}"),
        (r"(?:à |vers ){n} heures? {half}", "at {n}{half}"),
        (r"(?:à|vers) {clock}(?: heures?)? {half}", "at {clock} {half}"),
        (r"(?:à|vers) {clock}(?: heures?)?", "at {clock}"),
        (r"(?:à|vers) {n} heures?", "at {n}"),
        (r"jusqu['’]à {clock}(?: heures)?", "until {clock}"),
        (r"(?:à partir de|dès) {clock}(?: heures)?", "from {clock}"),
        (r"{h} ?h ?{m}", "at {h}:{m}"),
        (r"{h} ?h(?:eures)?", "at {h}:00"),
        (r"(?:à |vers )midi", "at noon"),
        (r"à minuit", "at midnight"),
        (r"(?:le|dans la|dans l['’]) ?{part}", "in the {part}"),
        (r"(?:le |de |du )?{weekday}", "on {weekday}"),
        # Lengths.
        (r"(?:pendant |pour )?(?:une )?demi-heure", "for 30 minutes"),
        (r"(?:pendant |pour )?une heure et demie|1h30 de durée", "for 90 minutes"),
        (r"(?:pendant |pour )?deux heures et demie", "for 150 minutes"),
        (r"(?:pendant |pour )?trois quarts d['’]heure", "for 45 minutes"),
        (r"{n} {unit} (?:avant|à l['’]avance)", "{n} {unit} before"),
        (r"(?:pendant |pour |dure )?{n} {unit}", "for {n} {unit}"),
        (r"toute la journée", "all day"),
        # People and things.
        (r"pour les enfants", "for the kids"),
        (r"pour (?:tout le monde|tous|toute la famille|nous tous)", "for everyone"),
        (r"tout le monde", "everyone"),
        (r"pour (?:moi|nous)", "for me"),
        (r"les enfants", "the kids"),
        (r"pour", "for"),
        (r"avec", "with"),
        (
            r"(?:j['’]ai |on a |nous avons )?besoin (?:de (?:la|le|les|l['’])|du|des|d['’]une?)",
            "need the",
        ),
        (r"il (?:me |nous )?faut (?:la|le|l['’]|les|une?)", "need the"),
        (r"rappelle-(?:moi|nous) {n} {unit} avant", "remind me {n} {unit} before"),
        (r"qui va chercher", "who picks up"),
        # What an event is decides whether it fills a day and when it usually is.
        (r"anniversaire", "birthday"),
        (r"pas d['’]école|pas de classe", "no school"),
        (r"vacances", "vacation"),
        (r"sortie|voyage", "trip"),
        (r"petit[- ]déjeuner|petit-déj", "breakfast"),
        (r"déjeuner", "lunch"),
        (r"dîner", "dinner"),
        (r"poubelles?", "trash"),
        (r"dentiste", "dentist"),
        (r"malade", "sick"),
        (r"sauf", "except"),
        (r"et", "and"),
    ),
    frames=(
        (
            r"(?:(?:je suis|on est|\w+ est)(?: tous)? malades?[,.]? )?"
            r"(?:annule|supprime|efface) tout (?=demain|ce |aujourd|cette|le |lundi|mardi|mercredi|"
            r"jeudi|vendredi|samedi|dimanche){z}",
            "cancel everything {z}",
        ),
        (r"(?:annule|supprime|efface) tout", "cancel everything"),
        (
            rf"qui a {_THE}{{x}} (?=demain|ce |aujourd|cette|le |à |lundi|mardi|mercredi|jeudi|"
            r"vendredi|samedi|dimanche|la semaine){z}",
            "who has the {x} {z}?",
        ),
        (r"(?:le |la )?{x} dure toujours {n} {unit}", "{x} is always {n} {unit}"),
        (r"(?:approuve|approuver|j['’]approuve) {n}", "approve {n}"),
        (r"refuse|refuser|je refuse", "reject"),
        (
            r"(?:on a|nous avons) une? (?=voiture|auto|camionnette|vélo|garage|imprimante){x}",
            "add the resource {x}",
        ),
        (r"pas d['’] ?événements? pour {x} après {clock}", "no events for {x} after {clock}"),
        (r"au plus {n} événements par jour pour {x}", "at most {n} events a day for {x}"),
        (
            rf"{_THE}{{x}} est (?:au garage|en panne) jusqu['’](?:à|au) {{z}}",
            "the {x} is in the shop until {z}",
        ),
        (
            rf"(?:décale|repousse|retarde) {_THE}{{x}} d['’] ?{{n}} {{unit}}",
            "move the {x} {n} {unit} later",
        ),
        (rf"avance {_THE}{{x}} d['’] ?{{n}} {{unit}}", "move the {x} {n} {unit} earlier"),
        (r"(?:salut,? )?à (?!\d|midi|minuit){x}", "see you {x}"),
        (rf"quand {_ARE_WE}(?: tous)? (?:libres?|dispos?) {{x}}", "when are we free {x}?"),
        (rf"quand {_ARE_WE}(?: tous)? (?:libres?|dispos?)", "when are we free this week?"),
        (
            rf"(?:déplace|deplace|décale|decale|reporte|avance|change|déplacer|décaler|"
            rf"reporter) {_THE}{{x}} (?:au|à|pour|vers) (?:le )?{{z}}",
            "move the {x} to {z}",
        ),
        (rf"(?:annule|supprime|enlève|annuler|supprimer) {_THE}{{x}}", "cancel the {x}"),
        (rf"{_THE}{{x}} (?:est|sont) annulée?s?", "cancel the {x}"),
        (r"pas (?:de (?!classe)|d['’] ?(?!école|événement)){x}", "cancel {x}"),
        (
            r"(?:qu['’]est-ce qu['’](?:il y a|on a|on fait)|qu['’]y a-t-il|on a quoi|il y "
            r"a quoi|qu['’]avons-nous|quoi de prévu) (?:de prévu )?{x}",
            "what's on {x}?",
        ),
        (r"(?:montre-(?:moi|nous)|affiche) {x}", "show {x}"),
        (
            rf"(?:c['’]est )?quand (?:est|sont|a lieu|commence)(?:-ce)? ?{_THE}{{x}}",
            "when is the {x}?",
        ),
        (rf"c['’]est quand,? {_THE}(?:prochaine? )?{{x}}", "when is the {x}?"),
        (rf"(?:à quelle heure|quel jour) (?:est|sont|commence) {_THE}{{x}}", "when is the {x}?"),
        (r"quand (?:est-ce que )?{x} a(?: son| sa| ses)? {z}", "when is {x}'s {z}?"),
        (r"qui est (?:libre|dispo|disponible) {x}", "who is free {x}?"),
        (
            rf"(?:est-ce que )?{_THE}{{x}} est(?:-elle|-il)? (?:libre|dispo|disponible) {{z}}",
            "is the {x} free {z}?",
        ),
        (r"qui conduit {x}", "who drives {x}?"),
        (
            r"rappelle(?:-|  )?(?:moi|nous) (?=demain|ce |le |à |lundi|mardi|mercredi|"
            r"jeudi|vendredi|samedi|dimanche|dans |après){x} (?:de |d['’]){z}",
            "remind me {x} to {z}",
        ),
        (r"rappelle-(?:moi|nous) (?:de |d['’]){x}", "remind me to {x}"),
        (r"rappelle à {x} (?:de |d['’]){z}", "remind {x} to {z}"),
        (r"(?:ajoute|réserve|note|mets) {x}", "book {x}"),
        (r"(?:oui|ok|d['’]accord|ça marche|volontiers)(?: merci| s['’]il te plaît)?", "yes"),
        (r"non(?: merci)?", "no"),
        (r"(?:annule ça|défaire|annuler la dernière action|reviens en arrière)", "undo"),
    ),
    polite=(
        r"s['’]il te pla[iî]t|s['’]il vous pla[iî]t|stp|svp|peux-tu|tu peux|"
        r"on peut|peut-on|on pourrait|pourrais-tu|bonjour|salut|merci"
    ),
    things=words(
        """
        voiture=car auto=car vélo=bike vélos=bikes cuisine=kitchen salon=living_room garage=garage
        imprimante=printer
        """
    ),
)
