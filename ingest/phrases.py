"""The few phrases, in several languages, by which the web names its furniture and its FAQs.

Knows no subject matter: every phrase here is found on sites about anything. Knows nothing of
pieces, blocks or formats; it answers questions about one line of text.
"""

import re
import unicodedata

from ingest.patterns import compile_late

MAX_QUESTION = 200
"""Characters: a longer line that ends in a question mark is prose, not an FAQ's question."""

_FAQ = compile_late(
    r"\bfaqs?\b|\bf\.a\.q\.|\bq\s?&\s?as?\b|\bquestions (?:and|&) answers\b"
    r"|\b(?:frequent|common)(?:ly)? (?:asked )?questions\b|\bpeople also ask\b"
    r"|\bhäufig(?:e| gestellte)? fragen\b|\bfragen und antworten\b"
    r"|\bpreguntas (?:más )?frecuentes\b|\bpreguntas y respuestas\b"
    r"|\bfoire aux questions\b|\bquestions (?:fréquentes|et réponses)\b"
    r"|\bdomande (?:frequenti|e risposte)\b|\bperguntas (?:mais )?frequentes\b"
    r"|\bveelgestelde vragen\b|\bnajczęściej zadawane pytania\b|\bvanliga frågor\b"
    r"|часто задаваемые вопросы|常见问题|常見問題|よくある質問|자주 묻는 질문"
)
_LONGEST_FAQ_HEADING = 12  # words: "Frequently asked questions about ..." still names a section

_INTERROGATIVE = compile_late(
    r"(?:how|what|why|when|where|which|who|whom|whose|can|could|should|would|will|is|are|am|was"
    r"|were|do|does|did|has|have|may|must"
    r"|wie|was|warum|wann|wo|welche[rsn]?|wer"
    r"|comment|pourquoi|quand|où|quel(?:le)?s?|qui|combien"
    r"|cómo|qué|por qué|cuándo|cuánto|dónde|cuál(?:es)?|quién)\b"
)
_HEADING_INTERROGATIVE = compile_late(r"(?:how|what|why|when|where|which|who|can|should)\b")
_NUMBERING = compile_late(
    r"^(?:q(?:uestion)?\s*\d*\s*[.:)]|\(?\d{1,3}(?:\.\d{1,3})*[.):]?|[-–—#]+)\s+", re.IGNORECASE
)
_ASKED = compile_late(r"^q(?:uestion)?\s*\d*\s*[.:)]\s*\S", re.IGNORECASE)
_REPLIED = compile_late(r"^a(?:nswer)?\s*\d*\s*[.:)]\s*\S", re.IGNORECASE)

_LETTER = compile_late(r"^(?:q(?:uestion)?|a(?:nswer)?)\s*\d*\s*[.:)]\s*", re.IGNORECASE)

_CHROME_PHRASES = """
    back to top|scroll to top|go to top|return to top|to top|top of page|back to the top
    skip to content|skip to main content|skip to navigation|jump to content
    share|share this|share this article|share this post|share this page|share this story
    share on facebook|share on twitter|share on x|share on linkedin|share via email|tweet|pin it
    read more|learn more|tell me more|find out more|show more|see more|view more|load more|more
    read next|continue reading|view all|see all|view all posts|read the full article
    subscribe|subscribe now|subscribe to our newsletter|sign up for our newsletter|newsletter
    sign up|sign up now|sign in|log in|login|register|join now|enroll now|apply now|get started
    contact us|request info|request information|get in touch|search|search programs|menu|close
    toggle navigation|main menu|leave a comment|leave a reply|post a comment|add a comment
    no comments|no comments yet|comments|comments are closed|previous post|next post|previous
    next|previous article|next article|print|print this page|download pdf|edit this page
    accept all cookies|accept cookies|cookie settings|manage cookies|advertisement|sponsored
    follow us|follow us on|all rights reserved|privacy policy|terms of service|terms of use
    nach oben|zum seitenanfang|zurück nach oben|zum inhalt springen|zum inhalt|mehr erfahren
    mehr lesen|weiterlesen|teilen|artikel teilen|jetzt anmelden|newsletter abonnieren|drucken
    retour en haut|haut de page|aller au contenu|lire la suite|en savoir plus|partager|s'abonner
    partager cet article|imprimer|volver arriba|subir|ir al contenido|saltar al contenido
    leer más|seguir leyendo|saber más|compartir|compartir este artículo|suscribirse|suscríbete
    torna su|torna all'inizio|vai al contenuto|leggi di più|leggi tutto|condividi|iscriviti
    voltar ao topo|ir para o conteúdo|leia mais|saiba mais|compartilhar|inscreva-se
    terug naar boven|naar boven|lees meer|lees verder|delen|abonneren
    """
_CHROME = frozenset(phrase.strip() for phrase in re.split(r"[|\n]", _CHROME_PHRASES)) - {""}

_RELATED = compile_late(
    r"(?:related|similar|recommended|recent|latest|popular|trending|more|other)"
    r" (?:articles?|posts?|stories|news|blogs?|blog posts|pages)"
    r"|more in this section|related|related (?:content|reading|links)|you (?:may|might) (?:also )?(?:like|enjoy)"
    r"|you (?:may|might) also be interested in|recommended for you|more (?:like this|for you)"
    r"|ähnliche (?:artikel|beiträge)|verwandte (?:artikel|beiträge|themen)|weitere artikel"
    r"|das könnte sie auch interessieren|articles (?:similaires|liés|connexes)"
    r"|à lire aussi|vous aimerez aussi|artículos relacionados|entradas relacionadas"
    r"|también te puede interesar|articoli correlati|potrebbe interessarti(?: anche)?"
    r"|artigos relacionados|você também pode gostar|gerelateerde (?:artikelen|berichten)"
)
_COPYRIGHT = compile_late(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}|\S+ \d{4})|©.*\b(?:19|20)\d\d\b"
)
_SIGN_UP = compile_late(
    r"(?:subscribe|sign up) (?:to|for) (?:our|the|my) (?:\w+ ){0,3}"
    r"(?:newsletter|e-?mails?|mailing list|updates|blog|feed|channel|alerts)\W*"
)
_FEEDBACK = compile_late(
    r"(?:did this (?:page|article|post) help(?: you)?|(?:was|is) this (?:page |article |post |answer )?"
    r"(?:helpful|useful))\?(?: yes)?(?: ?[/|]? ?no)?"
)
_TRAIL = compile_late(r"(?:home|startseite|accueil|inicio|página inicial) ?[>»›/] ?\w")
_BESIDE = compile_late(r"\s[|·•]\s|\|")
_LONGEST_BUTTON = 40  # characters of a line such as "Tell me more »"


def opens_faq(heading: str) -> bool:
    """Say whether a heading announces questions and their answers."""
    return len(heading.split()) <= _LONGEST_FAQ_HEADING and bool(_FAQ.search(_plain(heading)))


def ends_as_question(text: str) -> bool:
    """Say whether a line ends in a question mark, whatever signs or brackets follow it."""
    return _trim(text).endswith(("?", "？", "؟"))


def is_question(text: str) -> bool:
    """Say whether a line is one question: by its mark, or by the word it begins with."""
    if len(text) > MAX_QUESTION:
        return False
    return ends_as_question(text) or bool(_INTERROGATIVE.match(_plain(_bare(text))))


def is_question_heading(text: str) -> bool:
    """Say whether a heading outside any FAQ poses a question ("How to ...", "... ?")."""
    if ends_as_question(text):
        return True
    return bool(_HEADING_INTERROGATIVE.match(_plain(_bare(text))))


def is_asked(text: str) -> bool:
    """Say whether a line is marked as a question ("Q: ...")."""
    return len(text) <= MAX_QUESTION and bool(_ASKED.match(text))


def is_reply(text: str) -> bool:
    """Say whether a line is marked as an answer ("A: ...")."""
    return bool(_REPLIED.match(text))


def drop_letter(text: str) -> str:
    """Return a marked question or answer without its mark ("A: Yes." is "Yes.")."""
    return _LETTER.sub("", text)


def is_chrome(text: str) -> bool:
    """Say whether a line is a site's furniture: buttons, share links, a copyright line."""
    line = _plain(text)
    if len(line) > 2 * _LONGEST_BUTTON:
        return False
    buttons = [_trim(label).strip(" .!") for label in _BESIDE.split(line) if label.strip()]
    pressed = bool(buttons) and all(label in _CHROME for label in buttons)
    worded = _COPYRIGHT.match(line) or _SIGN_UP.fullmatch(line) or _FEEDBACK.fullmatch(line)
    return pressed or is_button(text) or bool(worded)


def is_trail(text: str) -> bool:
    """Say whether a line is the trail of pages that leads to an article ("Home > Pools")."""
    return bool(_TRAIL.match(_plain(text)))


def is_button(text: str) -> bool:
    """Say whether a short line ends in a link's arrow ("Tell me more »") that closes no quote."""
    line = text.strip()
    if len(line) > _LONGEST_BUTTON or not line.endswith(("»", "›")):
        return False
    return not any(sign in line[:-1] for sign in "«»‹›") and len(line) > 1


def is_related(text: str) -> bool:
    """Say whether a heading announces links to other articles."""
    line = _trim(_plain(text)).strip(" .!:")
    return bool(_RELATED.fullmatch(line)) or line.startswith("more in this section:")


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _bare(text: str) -> str:
    return _NUMBERING.sub("", text.strip()).lstrip("¿\"'“‘«([ ")


def _trim(text: str) -> str:
    """Drop closing quotes, arrows, emoji and other signs at a line's end."""
    end = len(text)
    while end and (
        text[end - 1].isspace()
        or text[end - 1] in "\"'*_"
        or unicodedata.category(text[end - 1]) in {"So", "Sk", "Sm", "Pf", "Pe", "Cf", "Mn"}
    ):
        end -= 1
    return text[:end]
