"""Spanish."""

from __future__ import annotations

from scheduling.language.tongues.tongue import Tongue, signs, words

_THE = r"(?:(?:el|la|los|las|mi|nuestro|nuestra|al) )?"

_MOVE = r"(?:mueve|pasa|cambia|mover|pasar|cambiar|aplaza|aplazar|retrasa|adelanta)"
_DAY = (
    r"(?=lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|mañana|manana|hoy|pasado|"
    r"pr[óo]xim|d[ií]a|\d+ de|\d+/|la semana|el )"
)

SPANISH = Tongue(
    code="es",
    signs=signs(
        """
        sí vale gracias el la los las del con para por
        una unos que es está tiene hoy mañana manana tarde noche
        lunes martes miércoles miercoles jueves viernes sábado sabado domingo enero febrero marzo
        abril mayo junio julio agosto septiembre octubre noviembre diciembre próximo proximo
        próxima proxima cada semana cita mueve pasa cambia cancela anula borra quita cuándo cuando
        quién quien qué hay libre libres al en minutos horas hora media necesito necesitamos coche
        recuérdame recuerdame recuérdanos todos todas fin pasado sí después durante hasta desde
        tenemos favor a las mediodía
        """
    ),
    words={
        "weekday": words(
            """
            lunes=Monday martes=Tuesday miércoles=Wednesday miercoles=Wednesday jueves=Thursday
            viernes=Friday sábado=Saturday sabado=Saturday domingo=Sunday sábados=Saturday
            sabados=Saturday domingos=Sunday
            """
        ),
        "month": words(
            """
            enero=January febrero=February marzo=March abril=April mayo=May junio=June julio=July
            agosto=August septiembre=September setiembre=September octubre=October
            noviembre=November diciembre=December
            """
        ),
        "part": words(
            """
            mañana=morning manana=morning tarde=afternoon noche=evening mediodía=noon
            """
        ),
        "half": words("mañana=am manana=am madrugada=am tarde=pm noche=pm"),
        "ap": words("am=am pm=pm a.m.=am p.m.=pm a.m=am p.m=pm"),
        "unit": words(
            """
            minuto=minutes minutos=minutes min=minutes hora=hours horas=hours día=days días=days
            dia=days dias=days semana=weeks semanas=weeks mes=months meses=months año=years
            años=years
            """
        ),
        "n": words(
            """
            1=1 2=2 3=3 4=4 5=5 6=6 7=7 8=8 9=9 10=10 11=11 12=12 15=15 20=20 25=25 30=30 40=40
            45=45 50=50 60=60 75=75 90=90 120=120 14=14 un=1 una=1 uno=1 dos=2 tres=3 cuatro=4
            cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 quince=15 veinte=20
            treinta=30
            """
        ),
        "before": words(
            """
            1=12 2=1 3=2 4=3 5=4 6=5 7=6 8=7 9=8 10=9 11=10 12=11 una=12 dos=1 tres=2 cuatro=3
            cinco=4 seis=5 siete=6 ocho=7 nueve=8 diez=9 once=10 doce=11
            """
        ),
    },
    phrases=(
        # Days and parts of them.
        (r"pasado mañana", "the day after tomorrow"),
        (r"(?:mañana|manana) (?:por|en) la {part}", "tomorrow {part}"),
        (r"(?:mañana|manana) a(?:l)? mediod[ií]a", "tomorrow at noon"),
        (r"hoy (?:por|en) la {part}", "today {part}"),
        (r"esta noche", "tonight"),
        (r"esta {part}", "this {part}"),
        (r"(?:el )?{weekday} (?:por|en|a) la {part}", "{weekday} {part}"),
        (r"hoy", "today"),
        (r"ayer", "yesterday"),
        # Again and again.
        (r"un {weekday} s[ií] y otro no|cada dos {weekday2}", "every other {weekday}"),
        (r"cada (?:dos|2) semanas(?: los| el)? {weekday}", "every other {weekday}"),
        (r"cada (?:dos|2) semanas|cada quince días", "every other week"),
        (r"cada {n} {unit}", "every {n} {unit}"),
        (
            r"(?:todos los|cada|los) {weekday} y(?: los)? {weekday2}",
            "every {weekday} and {weekday2}",
        ),
        (r"(?:todos los|cada|los) {weekday} por la {part}", "every {weekday} {part}"),
        (r"(?:todos los|cada|los) {weekday}", "every {weekday}"),
        (r"todos los días|cada día|todos los dias|cada dia|a diario", "every day"),
        (r"entre semana|los días laborables", "every weekday"),
        (r"todas las semanas|cada semana|semanalmente", "every week"),
        (r"todos los meses|cada mes", "every month"),
        (r"todos los años|cada año", "every year"),
        (r"(?:el|cada) primer {weekday} de(?:l| cada) mes", "every first {weekday} of the month"),
        (r"hasta (?:el )?(?:final|finales|fin) de {month}", "until the end of {month}"),
        (r"hasta el (?:{weekday} )?{d} de {month}", "until {month} {d}"),
        (r"hasta el {num}", "until {num}"),
        (r"hasta el {weekday}", "until {weekday}"),
        # Dates.
        (r"(?:el )?{weekday},? (?:d[ií]a )?{d} de {month}(?: del?|,)? {y}", "on {month} {d}, {y}"),
        (r"(?:el )?{weekday},? (?:d[ií]a )?{d} de {month}", "on {month} {d}"),
        (r"(?:el )?(?:d[ií]a )?{d} de {month}(?: del?|,)? {y}", "on {month} {d}, {y}"),
        (r"del {d}(?: de {month})? al {d2} de {month2}", "from {month2} {d} to {month2} {d2}"),
        (r"(?:el )?(?:d[ií]a )?{d} de {month}", "on {month} {d}"),
        (r"(?:el )?{weekday},? {num}", "on {num}"),
        (r"(?:el )?{num}", "on {num}"),
        (r"el d[ií]a {d}", "on the {d:th}"),
        (r"(?:a )?finales de {month}", "the end of {month}"),
        # Weeks and weekdays.
        (r"(?:el )?(?:próximo|proximo) {weekday}", "next {weekday}"),
        (r"(?:el )?{weekday} (?:que viene|próximo|proximo)", "next {weekday}"),
        (r"(?:el )?{weekday} de la (?:semana que viene|próxima semana)", "next {weekday}"),
        (r"este {weekday}", "this {weekday}"),
        (r"(?:el )?(?:próximo fin de semana|fin de semana que viene)", "next weekend"),
        (r"(?:el|este) fin de semana|el finde|este finde", "this weekend"),
        (r"(?:la )?(?:próxima semana|proxima semana|semana que viene)", "next week"),
        (r"(?:en )?esta semana", "this week"),
        (r"(?:el )?(?:próximo mes|mes que viene)", "next month"),
        (r"(?:desde|a partir) del? {weekday}", "from {weekday} on"),
        (r"(?:dentro de|en) {n} {unit}", "in {n} {unit}"),
        (r"(?:dentro de|en) media hora", "in 30 minutes"),
        # Hours.
        (
            r"de(?: las)? {clock} a(?: las)? {clock2} de la {half}",
            "from {clock} {half} to {clock2} {half}",
        ),
        (r"de(?: las)? {clock} a(?: las)? {clock2}(?: h(?:oras)?)?", "from {clock} to {clock2}"),
        (r"desde(?: las)? {clock} hasta(?: las)? {clock2}", "from {clock} to {clock2}"),
        (r"entre(?: las)? {clock} y(?: las)? {clock2}", "between {clock} and {clock2}"),
        (r"a las? {h}[:.]{m} ?{ap}", "at {h}:{m} {ap}"),
        (r"a las? {h} ?{ap}", "at {h} {ap}"),
        (r"a las? {n} y media(?: de la {half})", "at {n}:30 {half}"),
        (r"a las? {n} y media", "at {n}:30"),
        (r"a las? {n} y cuarto de la {half}", "at {n}:15 {half}"),
        (r"a las? {n} y cuarto", "at {n}:15"),
        (r"a las? {before} menos cuarto de la {half}", "at {before}:45 {half}"),
        (r"a las? {before} menos cuarto", "at {before}:45"),
        (r"a las? {n} y {n2}", "at {n2} past {n}"),
        (r"a las? {n} menos {n2}", "at {n2} to {n}"),
        (r"a las? {clock}(?: h(?:oras)?)? (?:de|por) la {half}", "at {clock} {half}"),
        (r"a las? {n} de la {half}", "at {n}{half}"),
        (r"a las? {clock}(?: h(?:oras)?)?", "at {clock}"),
        (r"a las? {n}(?: en punto)?", "at {n}"),
        (r"hasta las {clock}", "until {clock}"),
        (r"(?:desde|a partir de) las {clock}", "from {clock}"),
        (r"{clock} h(?:oras)?", "at {clock}"),
        (r"al? mediod[ií]a", "at noon"),
        (r"a medianoche", "at midnight"),
        (r"por la {part}", "in the {part}"),
        (r"(?:el |del |de )?{weekday}", "on {weekday}"),
        (r"mañana", "tomorrow"),
        # Lengths.
        (r"(?:durante |por )?media hora", "for 30 minutes"),
        (r"(?:durante |por )?(?:una )?hora y media", "for 90 minutes"),
        (r"(?:durante |por )?dos horas y media", "for 150 minutes"),
        (r"(?:durante |por )?tres cuartos de hora", "for 45 minutes"),
        (r"{n} {unit} antes", "{n} {unit} before"),
        (r"(?:durante |por |dura )?{n} {unit}", "for {n} {unit}"),
        (r"todo el d[ií]a", "all day"),
        # People and things.
        (r"para los (?:niños|ninos|peques|chicos)", "for the kids"),
        (r"(?:para )?(?:toda la familia|todos nosotros)|para todos", "for everyone"),
        (r"todos(?=[\s.!?]*$)", "everyone"),
        (r"para (?:mí|mi|nosotros)", "for me"),
        (r"los (?:niños|ninos|peques)", "the kids"),
        (r"para", "for"),
        (r"con", "with"),
        (
            r"(?:necesit(?:o|a|amos|an)|hace falta|me hace falta) (?:el|la|los|las|un|una)",
            "need the",
        ),
        (
            r"(?:y )?(?:por favor )?recu[eé]rda(?:me|nos)lo {n} {unit} antes",
            "remind me {n} {unit} before",
        ),
        (r"quién recoge a", "who picks up"),
        # What an event is decides whether it fills a day and when it usually is.
        (r"cumpleaños", "birthday"),
        (r"no hay (?:clase|cole|colegio)", "no school"),
        (r"vacaciones", "vacation"),
        (r"excursión|viaje", "trip"),
        (r"desayuno", "breakfast"),
        (r"comida|almuerzo", "lunch"),
        (r"cena", "dinner"),
        (r"basura", "trash"),
        (r"dentista", "dentist"),
        (r"enferm[oa]", "sick"),
        (r"excepto|salvo|menos", "except"),
        (r"y", "and"),
    ),
    frames=(
        (
            r"(?:(?:estoy|estamos|\w+ est[aá])(?: todos)? enferm[oa]s?[,.]? )?"
            r"(?:cancela|borra|anula|elimina) todo (?:lo )?(?:de |del )?"
            r"(?=el |hoy|mañana|est|pasado|lunes|martes|mi[eé]rcoles|jueves|viernes|"
            r"s[aá]bado|domingo){z}",
            "cancel everything {z}",
        ),
        (r"(?:cancela|borra|anula|elimina) todo", "cancel everything"),
        (
            rf"¿?qui[eé]n tiene {_THE}{{x}} (?=el |hoy|mañana|est|pasado|a las|ahora){{z}}",
            "who has the {x} {z}?",
        ),
        (r"(?=hoy|mañana|el ){z} no hay (?!clase|cole){x}", "cancel {x} {z}"),
        (r"(?:el |la )?{x} (?:siempre dura|dura siempre) {n} {unit}", "{x} is always {n} {unit}"),
        (r"(?:aprueba|aprobar|apruebo) {n}", "approve {n}"),
        (r"rechazar|rechazo|rechazado", "reject"),
        (
            r"tenemos una? (?=coche|carro|auto|furgoneta|bici|garaje|impresora){x}",
            "add the resource {x}",
        ),
        (
            r"(?:nada de|sin|ningún) eventos? para {x} después de las {clock}",
            "no events for {x} after {clock}",
        ),
        (r"como mucho {n} eventos al día para {x}", "at most {n} events a day for {x}"),
        (
            rf"{_THE}{{x}} est[aá] en el taller hasta {{z}}",
            "the {x} is in the shop until {z}",
        ),
        (rf"(?:retrasa|aplaza) {_THE}{{x}} {{n}} {{unit}}", "move the {x} {n} {unit} later"),
        (rf"adelanta {_THE}{{x}} {{n}} {{unit}}", "move the {x} {n} {unit} earlier"),
        (r"(?:adiós,? )?hasta (?!\d|las? ){x}", "see you {x}"),
        (rf"{_MOVE} {_THE}{{x}} (?:al?|para(?: el| la)?) {_DAY}{{z}}", "move the {x} to {z}"),
        (rf"{_MOVE} {_THE}{{x}} (?:para )?(?=a las? ){{z}}", "move the {x} to {z}"),
        (
            rf"(?:cancela|anula|borra|quita|elimina|cancelar|anular|suspende) {_THE}{{x}}",
            "cancel the {x}",
        ),
        (rf"(?:se )?(?:cancela|anula|suspende) {_THE}{{x}}", "cancel the {x}"),
        (r"no hay (?!clase|cole){x}", "cancel {x}"),
        (r"¿?qu[eé] (?:hay|tenemos|tengo|toca)(?: para| en)? {x}", "what's on {x}?"),
        (r"¿?qu[eé] tiene {x} {z}", "what does {x} have {z}?"),
        (r"(?:muéstrame|enséñame|muestra) {x}", "show {x}"),
        (
            rf"¿?cu[aá]ndo (?:es|son|toca|empieza|tenemos) {_THE}(?:pr[óo]xim[oa] )?{{x}}",
            "when is the {x}?",
        ),
        (r"¿?cu[aá]ndo tiene {x} {z}", "when is {x}'s {z}?"),
        (r"¿?cu[aá]ndo (?:estamos|podemos estar)(?: todos)? libres {x}", "when are we free {x}?"),
        (r"¿?cu[aá]ndo (?:estamos)(?: todos)? libres", "when are we free this week?"),
        (r"¿?qui[eé]n (?:est[aá]|tiene) libre {x}", "who is free {x}?"),
        (rf"¿?est[aá]n? {_THE}{{x}} libres? {{z}}", "is the {x} free {z}?"),
        (rf"¿?est[aá]n? libres? {_THE}{{x}} (?=el |hoy|mañana|est){{z}}", "is the {x} free {z}?"),
        (r"¿?qui[eé]n (?:lleva|conduce) (?:a )?{x}", "who drives {x}?"),
        (r"recu[eé]rda(?:me|nos) {x} (?:que )(?:hay que |tengo que )?{z}", "remind me {x} to {z}"),
        (
            r"recu[eé]rda(?:me|nos) (?=mañana|hoy|el |a las?|pasado|esta){x} (?=\w+[aei]r\b){z}",
            "remind me {x} to {z}",
        ),
        (r"recu[eé]rda(?:me|nos) (?:que )?(?:hay que |tengo que )?{x}", "remind me to {x}"),
        (r"recu[eé]rdale a {x} (?:que )?{z}", "remind {x} to {z}"),
        (r"(?:apunta|reserva|añade|pon|agenda) {x}", "book {x}"),
        (r"(?:sí|si|vale|ok|de acuerdo|claro)(?: por favor)?", "yes"),
        (r"no(?: gracias)?", "no"),
        (r"(?!¿|qu[eé]|cu[aá]|qui[eé]){x} tiene {z}", "{x} {z}"),
        (r"(?:deshacer|deshaz(?:lo)?|deshacerlo)", "undo"),
    ),
    polite=r"por favor|porfa|puedes|¿?podemos|¿?podr[ií]amos|podrías|podrias|¿?puedes|hola|gracias",
    things=words(
        """
        coche=car carro=car auto=car bici=bike bicicleta=bike bicis=bikes cocina=kitchen
        salón=living_room garaje=garage impresora=printer
        """
    ),
)
