"""Pages that address the reader informally: no fixed word of theirs is formal."""

import re
from typing import Final

import pytest

from slacalc import contact_page, sample_policy
from slacalc.expectations.languages import INFORMAL, shipped_language
from tests.helpers import at

TOLD: Final = {  # heading, what to have ready, without an answer, whose deadline, ask again, whose zone
    "cs-informal": ("Jak nás kontaktovat", "Měj po ruce", "Pokud nedostaneš odpověď", "tvoje lhůta: {target}",
                    "Žádná odpověď {target}? Napiš nám prosím znovu.", "Ve tvém časovém pásmu: {moments}"),
    "de-informal": ("So erreichst du uns", "Halte bereit", "Wenn keine Antwort kommt", "deine Frist: {target}",
                    "Keine Antwort {target}? Bitte schreib uns noch einmal.", "In deiner Zeitzone: {moments}"),
    "fi-informal": ("Näin tavoitat meidät", "Pidä valmiina", "Jos et saa vastausta", "määräaikasi: {target}",
                    "Etkö ole saanut vastausta {target}? Kirjoita meille uudelleen.", "Omalla aikavyöhykkeelläsi: {moments}"),
    "fr-informal": ("Comment nous joindre", "À préparer", "Si tu ne reçois pas de réponse", "ton échéance : {target}",
                    "Pas de réponse {target} ? Écris-nous à nouveau.", "Dans ton fuseau horaire : {moments}"),
    "hu-informal": ("Így érhetsz el minket", "Készítsd elő", "Ha nem kapsz választ", "a határidőd: {target}",
                    "Nem kaptál választ {target}? Kérjük, írj nekünk újra.", "A te időzónádban: {moments}"),
    "it-informal": ("Come contattarci", "Tieni a portata di mano", "Se non ricevi risposta", "il tuo termine: {target}",
                    "Nessuna risposta {target}? Scrivici di nuovo.", "Nel tuo fuso orario: {moments}"),
    "nl-informal": ("Zo bereik je ons", "Houd dit bij de hand", "Als je geen antwoord krijgt", "je termijn: {target}",
                    "Geen antwoord {target}? Schrijf ons dan opnieuw.", "In je tijdzone: {moments}"),
    "pl-informal": ("Jak się z nami skontaktować", "Przygotuj", "Jeśli odpowiedź nie nadejdzie", "Twój termin: {target}",
                    "Brak odpowiedzi {target}? Napisz do nas ponownie.", "W Twojej strefie czasowej: {moments}"),
    "sk-informal": ("Ako nás kontaktovať", "Maj poruke", "Ak nedostaneš odpoveď", "tvoja lehota: {target}",
                    "Žiadna odpoveď {target}? Napíš nám, prosím, znova.", "V tvojom časovom pásme: {moments}"),
}  # fmt: skip
KEYS: Final = ("title", "have_ready", "no_answer", "your_deadline", "ask_again", "your_time")
FORMAL: Final = {  # words, and endings of verbs, by which the reader is addressed formally
    "cs": r"\b(vy|vás|vám|vámi|vaše\w*|vaši\w*|ve vašem|mějte|máte|\w+[eí]te)\b",
    "de": r"\b(Sie|Ihnen|Ihr|Ihre\w*)\b",
    "fi": r"\b(te|teidän|teitä|teille|ette|määräaikanne|aikavyöhykkeellänne|\w+kaa|\w+kää|\w+tteko|\w+ttekö|tavoitatte)\b",
    "fr": r"\b(vous|votre|vos|\w+ez)\b",
    "hu": r"\b(Ön\w*|kapott|fordulhat|írjon|érhet|készítse)\b",
    "it": r"\b(Lei|Suo|Sua|Suoi|Sue|Tenga|riceve|scriva)\b",
    "nl": r"\b(u|uw)\b",
    "pl": r"\b(Pan|Pani|Państw\w+|Proszę|Prosimy)\b",
    "sk": r"\b(vy|vás|vám|vami|vaš\w*|majte|máte|\w+[eií]te)\b",
}


@pytest.mark.parametrize("code", INFORMAL)
def test_the_words_of_an_informal_page_that_address_the_reader(code: str) -> None:
    page = shipped_language(code).page
    assert tuple(page[key] for key in KEYS) == TOLD[code]


@pytest.mark.parametrize("code", INFORMAL)
def test_no_fixed_word_of_an_informal_page_is_formal(code: str) -> None:
    base = code.partition("-")[0]
    formal = re.compile(FORMAL[base], 0 if base in {"de", "it", "hu"} else re.IGNORECASE)
    assert [text for text in shipped_language(code).page.values() if formal.search(text)] == []
    addressed = [text for text in shipped_language(base).page.values() if formal.search(text)]
    assert len(addressed) >= 3, "the words that are looked for are those of the formal page"


def test_an_informal_page_in_whole() -> None:
    told = contact_page(sample_policy("b2b_marketplace"), "FI", "fi-informal", at("20 15:00")).to_text()
    assert told.startswith("Näin tavoitat meidät\n====")
    assert "\nPidä valmiina\n" in told
    assert "Etkö ole saanut vastausta 48" in told
    assert "Jos et ole saanut meiltä vastausta tiistaihin 24. marraskuuta klo" in told
    html = contact_page(sample_policy("b2b_marketplace"), "FI", "fi-informal", at("20 15:00")).to_html()
    assert set(re.findall(r'<(?:html|table) lang="([^"]*)"', html)) == {"fi"}, "how one is addressed is no language"
