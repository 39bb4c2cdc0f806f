"""Whether a message is in another language than English, which is not read but not misread."""

from __future__ import annotations

import re
import unicodedata

from scheduling.language.wordset import word_set

_LANGUAGES = (
    word_set(
        """
        uhr und mit für nicht ich wir der das dem den ein eine einen ist sind hat haben bei zum
        zur um morgen heute übermorgen montag dienstag mittwoch donnerstag freitag samstag sonntag
        januar februar märz juni juli oktober dezember nächste nächsten nächster jeden woche abend
        nachmittag bitte kannst verschiebe verschieben auf von bis
        """
    ),
    word_set(
        """
        el la los las del con para por una unos que es está tiene hoy mañana tarde noche lunes
        martes miércoles miercoles jueves viernes sábado sabado domingo enero febrero marzo abril
        mayo junio julio agosto septiembre octubre noviembre diciembre próximo proximo próxima
        cada semana cita mueve cancela
        """
    ),
    word_set(
        """
        le les des du avec pour une est sont chez aujourd'hui demain soir matin midi heures lundi
        mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet
        août septembre octobre novembre décembre prochain prochaine chaque semaine rendez rdv
        annule déplace
        """
    ),
    word_set(
        """
        il lo gli della del con per una è sono oggi domani sera mattina alle ore lunedì martedì
        mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno
        luglio settembre ottobre novembre dicembre prossimo prossima ogni settimana
        """
    ),
    word_set(
        """
        het een voor niet om uur vandaag morgen avond middag maandag dinsdag woensdag
        donderdag vrijdag zaterdag zondag januari februari maart mei juni juli oktober volgende
        elke
        """
    ),
    word_set(
        """
        para uma não é hoje amanhã noite tarde segunda terça quarta quinta sexta
        sábado domingo às janeiro fevereiro março abril maio junho julho setembro outubro próxima
        toda semana
        """
    ),
)
_ENGLISH = word_set(
    """
    the at on to for with is are and of next this every tomorrow today tonight morning afternoon
    evening monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur
    thurs fri sat sun move cancel book add remind what when who until in from
    i we my you it our he she they not met
    """
)
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENOUGH = 2


def is_foreign(text: str) -> bool:
    """True where the words are another language's and none of the little ones is English."""
    said = _WORDS.findall(text.casefold())
    if _other_script(text):
        return True
    if any(word in _ENGLISH for word in said):
        return False
    return any(len({w for w in said if w in words}) >= _ENOUGH for words in _LANGUAGES)


def _other_script(text: str) -> bool:
    """Whether most letters are of an alphabet that English has not."""
    letters = [c for c in text[:200] if c.isalpha()]
    if not letters or all(c.isascii() for c in letters):
        return False
    latin = sum(1 for c in letters if c.isascii() or unicodedata.name(c, "").startswith("LATIN"))
    return latin * 2 < len(letters)
