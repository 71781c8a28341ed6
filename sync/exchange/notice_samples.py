"""Every letter there can be, of a city that does not exist: templates are tried with them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from itertools import product

from sync.exchange.notice_facts import (
    FACTS_OF,
    AboutMessage,
    Addressee,
    Answered,
    AnswerReturned,
    DuplicateRemoved,
    ForOrgan,
    Letter,
    NoticeFacts,
    Office,
    PassedOn,
    PlanDue,
    Refused,
    SentToRework,
    TakenIn,
    organ_addressed,
)
from sync.register.checks.grounds import Ground
from sync.register.handling.answers import AnswerKind
from sync.register.handling.notices import TO_ORGAN, Notice, NoticeKind

NUMBER = "2611-0001-00042-7"
ORGAN = "Управление городского хозяйства"
DUE = date(2026, 12, 10)
OFFICE = Office("Белоключевск", "+7 (87999) 2-00-00", "https://belokluchevsk.example/")
BARE_OFFICE = Office("Белоключевск")
MESSAGE = AboutMessage(
    NUMBER, "Яма <b>& люк</b>", "ул. Садовая, д. 3", "Ямы", date(2026, 11, 24), DUE, time(7, 30)
)
BARE_MESSAGE = AboutMessage(None, "", "", "", date(2026, 11, 24))
ANNA = Addressee(
    "Пробная Анна Петровна", "Пробной Анне Петровне", "Уважаемая Анна Петровна!", "Анна Петровна"
)
NOBODY = Addressee("", "", "Здравствуйте!", "")
DUES = (DUE, None)
WHETHER = (True, False)


def _facts_of(kind: NoticeKind) -> Iterator[NoticeFacts]:
    """All kinds of facts that a notice may tell."""
    wanted = FACTS_OF[kind]
    if wanted is TakenIn:
        yield from (TakenIn(organ, due) for organ, due in product((ORGAN, ""), DUES))
    elif wanted is Refused:
        yield from (Refused((ground,), "Исправьте.", None) for ground in Ground)
        yield Refused((Ground.INSULT, Ground.REPEATED), "Исправьте <b>&", NUMBER)
    elif wanted is DuplicateRemoved:
        yield from (
            DuplicateRemoved(NUMBER, own, public, due)
            for own, public, due in product(WHETHER, WHETHER, DUES)
        )
    elif wanted is ForOrgan:
        yield from (
            ForOrgan(ORGAN, due, public, held)
            for due, public, held in product(DUES, WHETHER, WHETHER)
        )
    elif wanted is AnswerReturned:
        yield AnswerReturned(ORGAN, "Нет срока.")
    elif wanted is Answered:
        kinds = product(AnswerKind, (ORGAN, ""), ((), ("акт.pdf", "фото.jpg")), WHETHER, WHETHER)
        for answer, organ, files, further, shown in kinds:
            planned = DUE if answer is AnswerKind.PLANNED else None
            yield Answered(
                organ, answer, "Ответ <b>", planned, "меры", "причина", files, further, shown
            )
    elif wanted is PlanDue:
        yield from (
            PlanDue(ORGAN, DUE, measures, due) for measures, due in product(("ремонт", ""), DUES)
        )
    elif wanted is SentToRework:
        organs = (ORGAN,) if kind in TO_ORGAN else (ORGAN, "")
        yield from (
            SentToRework(organ, "Яма там же", count, due)
            for organ, count, due in product(organs, (1, 2), DUES)
        )
    else:
        yield from (PassedOn(ORGAN, 1002, due) for due in DUES)


def letters(*kinds: NoticeKind) -> Iterator[Letter]:
    """All combinations of what a notice may tell, to whom, and in whose name."""
    for kind in kinds or FACTS_OF:
        people, organ = (ANNA, NOBODY), (organ_addressed(ORGAN),)
        whom: tuple[Addressee, ...] = organ if kind in TO_ORGAN else people
        numbered = replace(BARE_MESSAGE, number=NUMBER)
        may_lack_number = kind in (Notice.REFUSED, Notice.DUPLICATE_REMOVED)
        messages = (MESSAGE, BARE_MESSAGE if may_lack_number else numbered)
        offices = (OFFICE, BARE_OFFICE, replace(OFFICE, phone=""), replace(OFFICE, portal=""))
        for facts in _facts_of(kind):
            for office, to, message in product(offices, whom, messages):
                yield Letter(kind, office, to, message, facts)
