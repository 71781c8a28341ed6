"""The grounds of refusal, each in a few words with its line of the regulation."""

from PySide6.QtCore import QCoreApplication

from sync.register.checks.grounds import Ground


def ground(of: Ground) -> str:
    """For a row of a report; the value of the ground is its line."""
    named = {
        Ground.INCOMPLETE: QCoreApplication.translate("Words", "no text, date, time or place"),
        Ground.NOT_RUSSIAN: QCoreApplication.translate("Words", "not in Russian"),
        Ground.OBSCENE: QCoreApplication.translate("Words", "obscene words"),
        Ground.PERSONAL: QCoreApplication.translate("Words", "of a private nature"),
        Ground.HATRED: QCoreApplication.translate("Words", "hatred and discrimination"),
        Ground.HARM: QCoreApplication.translate("Words", "harm to minorities or minors"),
        Ground.INSULT: QCoreApplication.translate("Words", "accusations and insults"),
        Ground.THREAT: QCoreApplication.translate("Words", "threats"),
        Ground.OTHER_PURPOSE: QCoreApplication.translate("Words", "trade or another purpose"),
        Ground.ANSWERED_BEFORE: QCoreApplication.translate("Words", "answered before"),
        Ground.FEDERAL: QCoreApplication.translate("Words", "federal or regional matter"),
        Ground.SEVERAL_QUESTIONS: QCoreApplication.translate("Words", "several questions"),
        Ground.NO_PLACE: QCoreApplication.translate("Words", "the place is not clear"),
        Ground.REPEATED: QCoreApplication.translate("Words", "repeats a message"),
        Ground.PHOTO_FORMAT: QCoreApplication.translate("Words", "format of a photo"),
        Ground.PHOTO_COUNT: QCoreApplication.translate("Words", "more than four photos"),
        Ground.PHOTO_EDITING: QCoreApplication.translate("Words", "a photo needs editing"),
        Ground.CATEGORY: QCoreApplication.translate("Words", "no category fits"),
    }[of]
    text = QCoreApplication.translate("Words", "par. %1: %2")
    return text.replace("%1", of.value).replace("%2", named)
