"""All keys on one page, shown by F1 and left by Esc."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from console.views.components.labels import KeyHint, ThemedLabel
from console.views.components.scrolling import SCROLLS
from console.views.theme import Theme

COLUMNS = 2  # where there is room


class KeysPage(QFrame):
    """The keys in groups: call, card, directory, window."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Keys"))
        groups = (
            (
                self.tr("Call"),
                (
                    ("F2", self.tr("answer")),
                    ("Ctrl+F2", self.tr("answer the second call, or switch to it")),
                    ("F3", self.tr("hold and resume; from a consultation back; longer wrap-up")),
                    ("F6", self.tr("microphone off and on")),
                    ("F7", self.tr("transfer; in a consultation connect the two")),
                    ("Enter", self.tr("in the transfer: talk first")),
                    ("Shift+Enter", self.tr("in the transfer: transfer at once")),
                    ("Ctrl+F3", self.tr("all three on the line")),
                    ("F8", self.tr("hang up, or reject a ring")),
                    ("Shift+F6", self.tr("keypad: type or paste digits")),
                    ("Shift+F3", self.tr("pause the recording and go on")),
                    ("Shift+F2", self.tr("call the number that is shown")),
                    ("Shift+F4", self.tr("dial a number")),
                    ("F9", self.tr("not ready or a break, by a digit; again: ready")),
                    ("Ctrl+M", self.tr("missed calls; there 1…3: what became of them")),
                    ("F11", self.tr("those to be called back; 1…4: what came of it")),
                    ("Ctrl+T", self.tr("training")),
                ),
            ),
            (
                self.tr("Card"),
                (
                    ("F5", self.tr("search the directory")),
                    ("Enter", self.tr("insert the chosen answer")),
                    ("Alt+D", self.tr("open the document of the hit")),
                    ("Alt+1…9", self.tr("insert a hit by its digit")),
                    ("Alt+←→", self.tr("show one kind of the hits alone")),
                    ("Tab", self.tr("text to say or to send")),
                    ("Ctrl+1", self.tr("result: answered")),
                    ("Ctrl+2", self.tr("result: contacts given")),
                    ("Ctrl+3", self.tr("make a message of the call")),
                    ("Alt+Enter", self.tr("hand the message to review")),
                    ("Ctrl+0", self.tr("technical result, again for the next one")),
                    ("Ctrl+9", self.tr("what to say of a formal appeal under 59-FZ")),
                    ("Ctrl+I", self.tr("the caller was told of the incident: close the call")),
                    ("Ctrl+Shift+I", self.tr("incidents; there Ins: a new one, Alt+E: end it")),
                    ("Ctrl+Alt+I", self.tr("the text of another incident")),
                    ("Ctrl+E", self.tr("not given: name, phone or e-mail")),
                    ("Ctrl+7", self.tr("step of the script: done, or yes")),
                    ("Ctrl+8", self.tr("question of the script: no")),
                    ("Ctrl+6", self.tr("last step of the script back")),
                    ("Ctrl+4", self.tr("fold the script, or all of its steps")),
                    ("Alt+J", self.tr("put what is proposed for the name or the e-mail")),
                    ("Ctrl+Shift+P", self.tr("about whom, where it is not the caller")),
                    ("Ctrl+P", self.tr("who is calling: by a digit, or look for a name")),
                    ("Ctrl+D", self.tr("put aside into the drafts")),
                    ("Ctrl+N", self.tr("record of a request without a call")),
                    ("Ctrl+Shift+N", self.tr("another question of the same call")),
                    ("Ctrl+Enter", self.tr("save")),
                    ("Ctrl+Shift+Enter", self.tr("save and be ready for the next call")),
                    ("Ctrl+Z", self.tr("take back that it was saved, within 15 seconds")),
                    ("Ctrl+Shift+Z", self.tr("the same while a field has Ctrl+Z for itself")),
                    ("Esc", self.tr("back to the field")),
                ),
            ),
            (
                self.tr("Message"),
                (
                    ("Alt+1…9", self.tr("to the words of a finding")),
                    ("Shift+F7", self.tr("next finding")),
                    ("Ctrl+D", self.tr("tie the call to a message that is known")),
                    ("Alt+L", self.tr("another message that is known")),
                    ("Alt+S", self.tr("make a message of what is selected")),
                    ("Alt+N", self.tr("these are no personal data, or they are")),
                    ("Alt+A", self.tr("attach photos")),
                    ("Alt+F", self.tr("to the photos")),
                    ("Ctrl+Shift+V", self.tr("attach the picture in the clipboard")),
                    ("Ctrl+Enter", self.tr("register")),
                ),
            ),
            (
                self.tr("Directory"),
                (
                    ("Shift+F5", self.tr("edit the directory")),
                    ("Ins", self.tr("new entry")),
                    ("Ctrl+F", self.tr("find an entry")),
                    ("Ctrl+K", self.tr("checked today")),
                    ("Ctrl+Enter", self.tr("publish")),
                    ("Alt+X", self.tr("close the entry from today on")),
                    ("Alt+Z", self.tr("drop the changes")),
                    ("Alt+M", self.tr("put the changes on the new version")),
                    ("Alt+A", self.tr("attach a file to the entry")),
                    (
                        "Alt+Q",
                        self.tr("answers of bodies; again: a question of the answer"),
                    ),
                    ("Alt+U", self.tr("searches in vain")),
                    ("Alt+Y", self.tr("make a synonym of a search in vain")),
                    ("Alt+S", self.tr("synonyms")),
                    ("Alt+O", self.tr("entries out of date")),
                    ("Alt+W", self.tr("entries out of date as XLSX")),
                    ("Alt+P", self.tr("proposals on topics")),
                    ("Alt+N", self.tr("new proposal")),
                    ("Alt+I", self.tr("load from files and write into them")),
                    ("Alt+R", self.tr("restore the chosen version")),
                ),
            ),
            (
                self.tr("Answers and terms"),
                (
                    ("F4", self.tr("look a message up by number or telephone")),
                    ("Ctrl+O", self.tr("answers and terms")),
                    ("1…7", self.tr("go to a list; with Alt from everywhere on the page")),
                    ("Enter", self.tr("do what comes next with the message")),
                    ("Ctrl+Enter", self.tr("take in, send, decide")),
                    ("Ins", self.tr("enter an answer")),
                    ("Alt+A", self.tr("attach a file to the answer")),
                    ("Alt+S", self.tr("send the answer to the author")),
                    ("Alt+R", self.tr("return the answer with a note")),
                    ("Alt+O", self.tr("send to the body, or to another one")),
                    ("Alt+M", self.tr("write down what the author thinks")),
                    ("Alt+W", self.tr("send to rework")),
                    ("Alt+V", self.tr("pass on by votes")),
                    ("Alt+P", self.tr("publish the message")),
                    ("Alt+U", self.tr("take out of publication")),
                    ("Alt+C", self.tr("close the message")),
                    ("Alt+H", self.tr("history of the message")),
                    ("Alt+L", self.tr("link the call to the message looked up")),
                    ("Ctrl+Z", self.tr("take the decision back, within 15 seconds")),
                ),
            ),
            (
                self.tr("Review"),
                (
                    ("F10", self.tr("messages under review")),
                    ("Ins", self.tr("write down a message without a call")),
                    ("1…6", self.tr("decisions; with Alt from a field too")),
                    ("F7", self.tr("next finding")),
                    ("Alt+L", self.tr("the notice, before it goes out")),
                    ("Ctrl+Enter", self.tr("do what is being decided")),
                    ("Ctrl+Z", self.tr("take the last decision back")),
                    ("Ctrl+→", self.tr("give back and take the next one")),
                    ("Alt+R", self.tr("give a colleague's message back")),
                ),
            ),
            (
                self.tr("Window"),
                (
                    ("Ctrl+R", self.tr("reports")),
                    ("Ctrl+P", self.tr("report as PDF")),
                    ("Alt+W", self.tr("report as XLSX")),
                    ("Alt+C M T O", self.tr("calls, messages, categories, other bodies")),
                    ("Alt+G", self.tr("this workplace or all, with a centre")),
                    ("Alt+← →", self.tr("earlier or later period of the report")),
                    ("Alt+K", self.tr("calendar of the city")),
                    ("F12", self.tr("phone check")),
                    ("Ctrl+F12", self.tr("no more alarm sound for this trouble")),
                    ("Ctrl+G", self.tr("register the phone again")),
                    ("Ctrl+F10", self.tr("diagnostics for the administrator")),
                    ("Ctrl+L", self.tr("lock")),
                    ("Ctrl+Space", self.tr("canned text, by its short word or from a list")),
                    ("Ctrl+Shift+L", self.tr("mend the keyboard layout or Caps Lock; also Pause")),
                    ("Ctrl+F7", self.tr("next misspelled word")),
                    ("Shift+F10", self.tr("similar words and the usual menu of a field")),
                    ("Ctrl+B", self.tr("light, dark or high-contrast colours")),
                    ("F1", self.tr("this page")),
                ),
            ),
        )
        inside = QWidget()
        inside.setAutoFillBackground(False)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self._page = page = QVBoxLayout(inside)
        page.setContentsMargins(24, 18, 24, 12)
        page.setSpacing(6)
        page.addWidget(ThemedLabel(theme, self.tr("Keys"), style="title"))
        self._grids: list[tuple[QGridLayout, list[KeyHint]]] = []
        for title, keys in groups:
            page.addSpacing(8)
            page.addWidget(ThemedLabel(theme, title, style="section", role="text-2"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(24)
            grid.setVerticalSpacing(6)
            grid.setColumnStretch(COLUMNS, 1)
            page.addLayout(grid)
            self._grids.append((grid, [KeyHint(theme, key, text) for key, text in keys]))
        self._columns = 0
        self._place(COLUMNS)
        page.addStretch(1)
        self._area.setWidget(inside)
        self._widest_px = inside.minimumSizeHint().width()

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for grid, hints in self._grids:
            for number, hint in enumerate(hints):
                grid.addWidget(hint, *divmod(number, columns))
        # Else it would share out the room that the rows needed before.
        self._page.invalidate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room_px = self.width() - self._area.verticalScrollBar().sizeHint().width()
        self._place(COLUMNS if self._widest_px <= room_px else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif (action := SCROLLS.get(event.key())) is not None:
            self._area.verticalScrollBar().triggerAction(action)
        else:
            super().keyPressEvent(event)
