# ruff: noqa: RUF001 - Russian letters look like Latin ones
"""An automatic reply: its lines in every language, and what it leaves out."""

from dataclasses import replace
from typing import Final

import pytest

import slacalc as sla
from slacalc.expectations.languages import INFORMAL, LANGUAGES
from tests.unit.expectations.told import at, policy, promise, told

FRIDAY: Final = told(promise("2026-11-20T10:00"))  # due at 12:00
ASKED: Final = replace(FRIDAY, follow_up=replace(FRIDAY, state="follow_up", by=at("2026-11-24T00:00")))
LINE: Final = sla.Expectation.for_channel(
    "telephone",
    policy({"business_hours": "2h"}).calendar("office"),
    as_of=at("2026-11-20T10:00"),
    zone="Europe/Helsinki",
)

# Received, expected by noon today, to be asked again after the end of Monday, the telephone until five.
REPLIES: Final = {
    "cs": """Děkujeme za Vaši zprávu. Obdrželi jsme ji.
Odpovíme Vám nejpozději dnes do 12:00.
Pokud od nás do konce pondělí 23. listopadu nedostanete odpověď, napište nám prosím znovu.
Pokud je to naléhavé, nečekejte prosím na naši odpověď:
Telefon: nyní otevřeno, dnes do 17:00.""",
    "de": """Vielen Dank für Ihre Nachricht. Wir haben sie erhalten.
Wir antworten Ihnen spätestens heute um 12:00 Uhr.
Sollten Sie bis einschließlich Montag, den 23. November keine Antwort von uns haben, schreiben Sie uns bitte erneut.
Wenn es dringend ist, warten Sie bitte nicht auf unsere Antwort:
Telefon: jetzt geöffnet, schließt heute um 17:00 Uhr.""",
    "en": """Thank you for your message. We have received it.
We will reply by 12:00 today.
If you have not heard from us by the end of Monday 23 November, please write to us again.
If it is urgent, please do not wait for our reply:
Telephone: open now, closes at 17:00 today.""",
    "fi": """Kiitos viestistänne. Olemme vastaanottaneet sen.
Vastaamme viimeistään tänään klo 12.00.
Jos ette ole saanut meiltä vastausta maanantain 23. marraskuuta loppuun mennessä, kirjoittakaa meille uudelleen.
Jos asianne on kiireellinen, älkää odottako vastaustamme:
Puhelin: nyt avoinna, sulkeutuu tänään klo 17.00.""",
    "fr": """Merci pour votre message. Nous l\u2019avons bien reçu.
Nous vous répondrons au plus tard aujourd\u2019hui à 12 h.
Si vous n\u2019avez pas reçu de réponse de notre part d\u2019ici à la fin de la journée du lundi 23 novembre, veuillez nous écrire à nouveau.
En cas d\u2019urgence, n\u2019attendez pas notre réponse :
Téléphone : service ouvert, fermeture aujourd\u2019hui à 17 h.""",
    "hu": """Köszönjük üzenetét. Megkaptuk.
Válaszunkat legkésőbb ma 12:00-ig megküldjük Önnek.
Ha november 23-ig, hétfőig nem kap tőlünk választ, kérjük, írjon nekünk újra.
Ha ügye sürgős, kérjük, ne várja meg a válaszunkat:
Telefon: most nyitva, zárás ma 17:00-kor.""",
    "it": """Grazie per il Suo messaggio. Lo abbiamo ricevuto.
Le risponderemo entro le ore 12:00 di oggi.
Se entro la giornata di lunedì 23 novembre non avrà ricevuto una nostra risposta, La preghiamo di scriverci di nuovo.
Se è urgente, La preghiamo di non attendere la nostra risposta:
Telefono: servizio aperto, chiusura alle ore 17:00 di oggi.""",
    "nl": """Bedankt voor uw bericht. Wij hebben het ontvangen.
Wij antwoorden u uiterlijk vandaag om 12.00 uur.
Als u aan het einde van maandag 23 november nog niets van ons hebt gehoord, stuur ons dan een nieuw bericht.
Als het dringend is, wacht dan niet op ons antwoord:
Telefoon: nu open, sluit vandaag om 17.00 uur.""",
    "pl": """Dziękujemy za wiadomość. Otrzymaliśmy ją.
Odpowiemy Państwu najpóźniej dziś o godz. 12:00.
Jeśli do końca poniedziałku 23 listopada nie otrzymają Państwo naszej odpowiedzi, prosimy napisać do nas ponownie.
Jeśli sprawa jest pilna, prosimy nie czekać na naszą odpowiedź:
Telefon: obsługa teraz czynna, zamykamy dziś o godz. 17:00.""",
    "ru": """Спасибо за Ваше сообщение. Мы его получили.
Мы ответим Вам сегодня не позднее 12:00.
Если Вы не получите от нас ответа до конца понедельника, 23 ноября, напишите нам, пожалуйста, ещё раз.
Если вопрос срочный, пожалуйста, не ждите нашего ответа:
Телефон: приём открыт, закрывается сегодня в 17:00.""",
    "sk": """Ďakujeme za Vašu správu. Prijali sme ju.
Odpovieme Vám najneskôr dnes o 12:00.
Ak od nás do konca pondelka 23. novembra nedostanete odpoveď, napíšte nám, prosím, znova.
Ak je to naliehavé, nečakajte, prosím, na našu odpoveď:
Telefón: teraz otvorené, zatvárame dnes o 17:00.""",
    "sv": """Tack för ditt meddelande. Vi har tagit emot det.
Vi svarar senast i dag kl. 12.00.
Om du inte har fått svar från oss senast måndagen den 23 november ber vi dig att skriva till oss igen.
Om det är brådskande, vänta inte på vårt svar:
Telefon: öppet nu, stänger i dag kl. 17.00.""",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_automatic_reply_has_its_lines_in_each_language(language: str) -> None:
    assert str(sla.auto_reply(ASKED, language, urgent=[LINE])) == REPLIES[language]


def test_what_there_is_nothing_to_say_of_is_left_out() -> None:
    assert sla.auto_reply(FRIDAY, "en").text.splitlines() == REPLIES["en"].splitlines()[:2]


def test_the_reason_is_told_and_the_language_is_one_for_all_lines() -> None:
    evening = told(promise("2026-11-20T18:00"), language="sv")
    reply = sla.auto_reply(evening, urgent=[replace(LINE, market_language="de")])
    assert {each.language for each in reply.sentences} == {"sv"}
    assert str(reply.sentences[1]).startswith("Vi har stängt under helgen. ")
    assert str(sla.auto_reply(evening, "pt").sentences[0]) == "Tack för ditt meddelande. Vi har tagit emot det."


@pytest.mark.parametrize("language", INFORMAL)
def test_an_informal_reply_is_informal_in_every_line(language: str) -> None:
    reply = sla.auto_reply(ASKED, language, urgent=[LINE])
    assert {each.language for each in reply.sentences} == {language}
    assert str(reply).splitlines()[2] != REPLIES[language[:2]].splitlines()[2]


def test_html_is_a_paragraph_for_each_sentence_with_its_times_marked_up() -> None:
    html = sla.auto_reply(FRIDAY, "en", urgent=[replace(LINE, channel="<b>")]).to_html().splitlines()
    assert html[1] == '<p>We will reply by <time datetime="2026-11-20T12:00:00+02:00">12:00 today</time>.</p>'
    assert html[3].startswith("<p>&lt;b&gt;: open now, closes at <time ")


def test_what_is_no_expectation_is_refused() -> None:
    for wrong in ("promise", None):
        with pytest.raises(sla.SlaError) as caught:
            sla.auto_reply(wrong, "en")  # type: ignore[arg-type]
        assert caught.value.code == "argument_invalid"
    with pytest.raises(sla.SlaError) as caught:
        sla.auto_reply(FRIDAY, "en", urgent=["telephone"])  # type: ignore[list-item]
    assert caught.value.code == "argument_invalid"
