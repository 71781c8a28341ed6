"""Words of each type of finding, by the codes of ``sync.register.checks``."""

from PySide6.QtCore import QCoreApplication

from sync.register.checks.personal.piece import DataType


def insults() -> dict[str, str]:
    """Titles: each is another item of 6.3."""
    return {
        "insult": QCoreApplication.translate("Words", "Insult"),
        "accusation": QCoreApplication.translate("Words", "Accusation of a person"),
        "hatred": QCoreApplication.translate("Words", "Hatred against people"),
        "incitement": QCoreApplication.translate("Words", "Call to do harm"),
    }


def languages() -> dict[str, str]:
    """Titles: the last one is the operator's own slip."""
    other = QCoreApplication.translate("Words", "Not in Russian")
    return {
        "latin": other,
        "cyrillic": other,
        "script": other,
        "layout": QCoreApplication.translate("Words", "Typed in the other keyboard layout"),
    }


def spellings() -> dict[str, str]:
    """How an obscene word is written."""
    hidden = QCoreApplication.translate("Words", "letters are hidden or changed")
    return {
        "plain": "",
        "disguised": hidden,
        "masked": hidden,
        "apart": hidden,
        "listed": QCoreApplication.translate("Words", "stands in the city's list of words"),
    }


def threats() -> dict[str, str]:
    return {
        "violence": QCoreApplication.translate("Words", "violence"),
        "fire": QCoreApplication.translate("Words", "arson or damage"),
        "vague": QCoreApplication.translate("Words", "may be a threat"),
    }


def personal_data() -> dict[str, str]:
    return {
        DataType.NAME: QCoreApplication.translate("Words", "name of a person"),
        DataType.PHONE: QCoreApplication.translate("Words", "phone number"),
        DataType.EMAIL: QCoreApplication.translate("Words", "e-mail address"),
        DataType.PASSPORT: QCoreApplication.translate("Words", "passport"),
        DataType.SNILS: QCoreApplication.translate("Words", "pension insurance number"),
        DataType.INN: QCoreApplication.translate("Words", "taxpayer number"),
        DataType.OMS: QCoreApplication.translate("Words", "health insurance number"),
        DataType.CARD: QCoreApplication.translate("Words", "bank card"),
        DataType.ACCOUNT: QCoreApplication.translate("Words", "bank account"),
        DataType.BIRTH_DATE: QCoreApplication.translate("Words", "date of birth"),
        DataType.PLATE: QCoreApplication.translate("Words", "number of a car"),
        DataType.ADDRESS: QCoreApplication.translate("Words", "home address with a flat"),
        DataType.HEALTH: QCoreApplication.translate("Words", "a person's health"),
    }


def offers() -> dict[str, str]:
    return {
        "campaign": QCoreApplication.translate("Words", "canvassing"),
        "credit": QCoreApplication.translate("Words", "loans"),
        "purchase": QCoreApplication.translate("Words", "buying"),
        "rent": QCoreApplication.translate("Words", "letting"),
        "sale": QCoreApplication.translate("Words", "sale"),
        "service": QCoreApplication.translate("Words", "services"),
        "vacancy": QCoreApplication.translate("Words", "work offered"),
        "offer": QCoreApplication.translate("Words", "an offer"),
    }


def further_questions() -> dict[str, str]:
    return {
        "listed": QCoreApplication.translate("Words", "several matters in a list"),
        "added": QCoreApplication.translate("Words", "another matter is added"),
        "asked": QCoreApplication.translate("Words", "two requests"),
        "told": QCoreApplication.translate("Words", "two troubles are told"),
        "said": QCoreApplication.translate("Words", "the author says that there are several"),
    }


def personal_matters() -> dict[str, str]:
    """What of the author's own life (6.3)."""
    return {
        "acquaintance": QCoreApplication.translate("Words", "making acquaintance"),
        "advice": QCoreApplication.translate("Words", "advice for life"),
        "belongings": QCoreApplication.translate("Words", "private belongings"),
        "creative": QCoreApplication.translate("Words", "verses, recipes, jokes"),
        "greeting": QCoreApplication.translate("Words", "greetings"),
        "own_life": QCoreApplication.translate("Words", "the author's own life"),
        "quarrel": QCoreApplication.translate("Words", "quarrel in a family"),
        "talk": QCoreApplication.translate("Words", "a talk"),
        "to-a-person": QCoreApplication.translate("Words", "to be told to somebody"),
    }


def places() -> dict[str, str]:
    return {
        "none": QCoreApplication.translate("Words", "No street, house or landmark."),
        "no_street": QCoreApplication.translate("Words", "A house without its street."),
        "unsure": QCoreApplication.translate("Words", "The caller does not know the place."),
        "contradiction": QCoreApplication.translate(
            "Words", "The text speaks of another place than the one stated."
        ),
    }


def federal_bodies() -> dict[str, str]:
    """Whose matter it is (6.3)."""
    return {
        "civil_status": QCoreApplication.translate("Words", "registry office"),
        "contacts": QCoreApplication.translate("Words", "contacts of a state body"),
        "court": QCoreApplication.translate("Words", "court, bailiffs"),
        "labour": QCoreApplication.translate("Words", "labour inspection"),
        "military": QCoreApplication.translate("Words", "military office"),
        "papers": QCoreApplication.translate("Words", "papers that state bodies give"),
        "passport": QCoreApplication.translate("Words", "passports and migration"),
        "pension": QCoreApplication.translate("Words", "Social Fund"),
        "police": QCoreApplication.translate("Words", "police"),
        "power": QCoreApplication.translate("Words", "state and regional authorities"),
        "property": QCoreApplication.translate("Words", "Federal Register of property"),
        "prosecutor": QCoreApplication.translate("Words", "prosecutor's office"),
        "roads": QCoreApplication.translate("Words", "federal and regional roads"),
        "services": QCoreApplication.translate("Words", "State Services portal"),
        "supervision": QCoreApplication.translate("Words", "state supervision"),
        "tax": QCoreApplication.translate("Words", "tax service"),
    }


def emergencies() -> dict[str, str]:
    return {
        "attack": QCoreApplication.translate("Words", "somebody is attacked"),
        "breath": QCoreApplication.translate("Words", "somebody cannot breathe"),
        "collapse": QCoreApplication.translate("Words", "something has collapsed"),
        "fire": QCoreApplication.translate("Words", "fire"),
        "flood": QCoreApplication.translate("Words", "people in rising water"),
        "gas": QCoreApplication.translate("Words", "smell of gas"),
        "life": QCoreApplication.translate("Words", "danger to a life"),
        "medical": QCoreApplication.translate("Words", "an ambulance is needed"),
        "missing": QCoreApplication.translate("Words", "a person is missing"),
        "stuck": QCoreApplication.translate("Words", "people cannot get out"),
        "unconscious": QCoreApplication.translate("Words", "somebody is unconscious"),
        "wires": QCoreApplication.translate("Words", "torn live wires"),
    }


def questions() -> dict[str, str]:
    """What to ask the caller, word for word."""
    return {
        "wording": QCoreApplication.translate(
            "Words", "“I shall write it down without hard words. What has happened?”"
        ),
        "accusation": QCoreApplication.translate(
            "Words", "“What did you see yourself? I write down what happened.”"
        ),
        "language": QCoreApplication.translate(
            "Words", "“Say it in Russian, please: messages are written in Russian.”"
        ),
        "personal": QCoreApplication.translate(
            "Words", "“May I leave this out of the text? Your contacts are written down apart.”"
        ),
        "health": QCoreApplication.translate("Words", "“May I leave your health out of the text?”"),
        "threat": QCoreApplication.translate("Words", "“Is anybody in danger now?”"),
        "advertising": QCoreApplication.translate(
            "Words", "“What do you ask the city to do? Offers are not registered.”"
        ),
        "several_questions": QCoreApplication.translate(
            "Words", "“Shall we make two messages? Each goes to its own body.”"
        ),
        "federal": QCoreApplication.translate(
            "Words", "“The city does not decide this. Shall I give you their phone?”"
        ),
        "emergency": QCoreApplication.translate("Words", "“Have you rung 112?”"),
        "place_none": QCoreApplication.translate(
            "Words", "“Where is it? The street and the house, or a landmark.”"
        ),
        "place_no_street": QCoreApplication.translate("Words", "“In which street is this house?”"),
        "place_contradiction": QCoreApplication.translate(
            "Words", "“Which of the two places is it?”"
        ),
        "personal_matter": QCoreApplication.translate(
            "Words", "“What do you ask the city to do? We cannot help in private matters.”"
        ),
        "place_unsure": QCoreApplication.translate(
            "Words", "“What is nearby: a shop, a stop, a crossing?”"
        ),
    }
