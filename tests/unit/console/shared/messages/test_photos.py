"""Photos of a message: attached, refused with a reason, viewed, removed, restored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import (
    QByteArray,
    QCoreApplication,
    QMimeData,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QUrl,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.shared.messages import photo_words
from console.shared.messages.photo_strip_view import PhotoStrip, PhotoTileButton
from console.shared.messages.photo_viewer_view import PhotoCanvas, PhotoViewer
from console.shared.messages.photos import PhotosPresenter, ShownCopy
from console.ui.theme import Theme, ThemeChoice, Tokens
from sync.register.checks.finding import Ground
from sync.register.checks.photo_formats import ALLOWED, FileFormat
from sync.register.checks.photos import PhotoJudgement, PhotoReason, Verdict
from sync.register.handling.photos import PhotoProblem
from sync.register.messages import State
from tests.fakes.console_fakes import OPERATOR, HeldExecutor, InlineExecutor, Told
from tests.fakes.message_photos import FakePhotos
from tests.fakes.photos import exif, file_of, pages, picture

RESOURCES = Path(__file__).resolve().parents[5] / "resources"
MESSAGE, OTHER = UUID(int=1), UUID(int=2)
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 3000
UPRIGHT = file_of(picture(), "JPEG")
ON_ITS_SIDE = file_of(picture(), "JPEG", exif=exif(6, (43.0, 42.0)).tobytes())


class Desk:
    def __init__(
        self,
        owner: QObject,
        milestones: Milestones,
        folder: Path,
        *,
        worker: InlineExecutor | HeldExecutor | None = None,
        may_attach: bool = True,
        turns: bool = False,
        undo_s: float = 15,
    ) -> None:
        self.folder = folder
        self.store = FakePhotos()
        self.kept = 0
        self.presenter = PhotosPresenter(
            self.store,
            worker or InlineExecutor(),
            Deliveries(owner),
            milestones,
            operator=lambda: OPERATOR,
            may_attach=may_attach,
            turning_allowed=lambda: turns,
            keep_message=self._keep,
            undo_s=undo_s,
            parent=owner,
        )
        self.told = Told(self.presenter.told)
        self.presenter.show_message(MESSAGE)
        self.settle()

    def _keep(self) -> None:
        self.kept += 1

    def settle(self) -> None:
        for _round in range(8):
            QCoreApplication.processEvents()

    def attach(self, **files: bytes) -> None:
        """Attaches files by name; an underscore represents the dot."""
        paths = []
        for name, data in files.items():
            path = self.folder / name.replace("_", ".")
            path.write_bytes(data)
            paths.append(path)
        self.presenter.attach_files(paths)
        self.settle()

    @property
    def names(self) -> list[str]:
        return [tile.name for tile in self.presenter.state.tiles]

    @property
    def notes(self) -> list[str]:
        return [f"{note.name}: {note.text}" for note in self.presenter.state.notes]


@pytest.fixture
def desk(owner: QObject, milestones: Milestones, tmp_path: Path) -> Desk:
    return Desk(owner, milestones, tmp_path)


def test_a_photo_is_attached_and_another_file_is_refused_with_what_to_do(desk: Desk) -> None:
    desk.attach(a_jpg=ON_ITS_SIDE, b_heic=HEIC)

    (tile,) = desk.presenter.state.tiles
    assert (tile.name, tile.mark, tile.icon) == ("a.jpg", "На боку, п. 6.7", "warning-fill")
    assert tile.has_location
    assert tile.spoken == "Фото 1 из 4. a.jpg. На боку, п. 6.7. с местом съёмки"
    assert tile.thumbnail.startswith(b"\x89PNG")
    (note,) = desk.notes
    assert note.startswith("b.heic: снимок HEIC")
    assert "Наиболее совместимые" in note
    assert desk.kept == 1  # the message itself is saved before its photo
    assert desk.store.contents[tile.id] == ON_ITS_SIDE
    assert [each.ground for each in desk.presenter.grounds()] == [Ground.PHOTO_EDITING]

    desk.presenter.dismiss(desk.presenter.state.notes[0].key)
    assert desk.notes == []


def test_no_more_than_four_and_none_twice(desk: Desk) -> None:
    desk.attach(a_tiff=pages("TIFF", 3), b_jpg=UPRIGHT, c_jpg=UPRIGHT)
    assert desk.names == ["a.tiff", "b.jpg"]
    assert "уже приложен" in desk.notes[0]
    assert not desk.presenter.state.has_room

    desk.attach(d_jpg=ON_ITS_SIDE)
    assert "не больше четырёх" in desk.notes[1]
    desk.attach(**{f"n{number}_jpg": b"" for number in range(6)})
    assert ["пуст" in note for note in desk.notes] == [True, True, False, False]  # the last four
    assert desk.names == ["a.tiff", "b.jpg"]


def test_a_file_that_cannot_be_read_and_a_disk_that_refuses_are_told(desk: Desk) -> None:
    desk.presenter.attach_files([desk.folder / "нет.jpg"])
    desk.settle()
    desk.store.refusing = True
    desk.attach(a_jpg=UPRIGHT)
    assert ["не читается" in note for note in desk.notes] == [True, False]
    assert "диск его не принял" in desk.notes[1]
    assert desk.names == []

    desk.presenter.show_message(OTHER)
    desk.settle()
    assert [notice.head for notice in desk.told.values] == ["Фото не показаны"]


def test_a_photo_taken_away_can_be_put_back_for_a_while(
    desk: Desk, owner: QObject, milestones: Milestones, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.attach(a_jpg=UPRIGHT, b_jpg=ON_ITS_SIDE)
    first, _second = desk.presenter.state.tiles
    desk.presenter.remove(first.id)
    desk.settle()
    assert (desk.names, desk.notes) == (["b.jpg"], ["a.jpg: убрано"])
    assert first.id not in desk.store.contents
    desk.presenter.put_back_last()
    desk.settle()
    assert desk.names == ["a.jpg", "b.jpg"]
    assert (desk.notes, desk.store.contents[first.id]) == ([], UPRIGHT)

    brief = Desk(owner, milestones, tmp_path, undo_s=0)
    brief.attach(a_jpg=UPRIGHT)
    brief.presenter.remove(brief.presenter.state.tiles[0].id)
    qtbot.waitUntil(lambda: (brief.names, brief.notes) == ([], []), timeout=5000)
    brief.presenter.put_back_last()
    brief.settle()
    assert brief.names == []


def test_what_does_not_change_any_more_is_told(desk: Desk) -> None:
    desk.attach(a_jpg=UPRIGHT)
    (tile,) = desk.presenter.state.tiles
    desk.presenter.remove(tile.id)
    desk.settle()
    desk.store.states[MESSAGE] = State.REGISTERED
    desk.presenter.put_back_last()
    desk.attach(b_jpg=ON_ITS_SIDE)
    assert desk.names == []
    assert all("уже оформлено" in note for note in desk.notes)
    assert len(desk.notes) == 2


def test_a_photo_still_being_checked_goes_to_its_own_message(
    owner: QObject, milestones: Milestones, tmp_path: Path
) -> None:
    worker = HeldExecutor()
    desk = Desk(owner, milestones, tmp_path, worker=worker)
    worker.run(0)
    desk.attach(a_jpg=UPRIGHT, b_heic=HEIC)
    assert [note.busy for note in desk.presenter.state.notes] == [True, True]
    desk.presenter.show_message(OTHER)
    assert desk.notes == []
    for job in range(1, len(worker.jobs)):
        worker.run(job)
    desk.settle()
    assert [photo.message_id for photo in desk.store.photos] == [MESSAGE]
    assert (desk.names, desk.kept) == ([], 0)
    assert [notice.head for notice in desk.told.values] == ["Фото не приложено"]


def test_a_message_waits_for_its_photos_and_for_the_look_at_a_refusal(
    owner: QObject, milestones: Milestones, tmp_path: Path
) -> None:
    worker = HeldExecutor()
    desk = Desk(owner, milestones, tmp_path, worker=worker)
    worker.run(0)
    registered: list[int] = []
    desk.presenter.when_settled(lambda: registered.append(1))
    assert registered == [1]

    def run(job: int) -> None:
        worker.run(job)
        desk.settle()

    desk.attach(a_jpg=UPRIGHT)
    desk.presenter.when_settled(lambda: registered.append(len(desk.store.photos)))
    run(1)
    assert len(registered) == 1  # saved and not shown yet
    run(2)
    assert registered == [1, 1]
    desk.attach(b_heic=HEIC)
    desk.presenter.when_settled(lambda: registered.append(2))
    run(3)
    assert registered == [1, 1]
    assert not desk.presenter.state.notes[0].busy
    desk.presenter.when_settled(lambda: registered.append(3))
    assert registered == [1, 1, 3]


def test_who_reviews_looks_and_attaches_nothing(
    owner: QObject, milestones: Milestones, tmp_path: Path
) -> None:
    desk = Desk(owner, milestones, tmp_path, may_attach=False)
    desk.attach(a_jpg=UPRIGHT)
    assert (desk.store.photos, desk.presenter.state.has_room) == ([], False)


# --- the viewer ---


def test_the_viewer_goes_through_photos_and_pages_in_both_copies(desk: Desk) -> None:
    desk.attach(a_jpg=ON_ITS_SIDE, b_tiff=pages("TIFF", 2))
    viewer = desk.presenter.viewer
    shown = Told(viewer.changed)
    viewer.open(desk.presenter.state.tiles[0].id)
    assert viewer.state.notice == "Открывается…"
    desk.settle()
    state = viewer.state
    assert (state.title, state.name, state.notice) == ("Фото 1 из 3", "a.jpg", "")
    assert (state.levels[0].width, state.levels[0].height) == (480, 640)
    assert state.facts.startswith("JPEG · 640 × 480 · ")
    assert [remark.icon for remark in state.remarks] == ["warning-fill", "map-pin"]
    assert "будет удалено из публикуемой копии" in state.remarks[1].text
    assert not state.may_turn

    viewer.toggle_copy()
    desk.settle()
    assert (viewer.state.copy, viewer.state.levels[0].width) == (ShownCopy.SENT, 640)
    viewer.step(9)
    desk.settle()
    assert viewer.state.title == "Фото 3 из 3 · страница 2 из 2"
    viewer.turn(1)  # the city does not allow operators to rotate photos
    assert desk.store.photos[1].turned == 0
    viewer.step(-9)
    assert viewer.state.title == "Фото 1 из 3"
    viewer.close()
    count = len(shown.values)
    for action in (viewer.close, viewer.toggle_copy, viewer.refresh):
        action()
    viewer.step(1)
    desk.settle()
    assert len(shown.values) == count


def test_where_the_city_lets_operators_they_put_photos_upright(
    owner: QObject, milestones: Milestones, tmp_path: Path
) -> None:
    desk = Desk(owner, milestones, tmp_path, turns=True)
    desk.attach(a_jpg=ON_ITS_SIDE)
    (tile,) = desk.presenter.state.tiles
    assert (tile.mark, desk.presenter.grounds()) == ("Подходит", ())
    viewer = desk.presenter.viewer
    viewer.open(tile.id)
    desk.settle()
    viewer.toggle_copy()
    viewer.turn(-1)
    desk.settle()
    assert desk.store.photos[0].turned == 3
    assert (viewer.state.copy, viewer.state.levels[0].width) == (ShownCopy.PUBLISHED, 640)
    assert [remark.icon for remark in viewer.state.remarks] == ["info", "info", "map-pin"]
    assert desk.presenter.state.tiles[0].thumbnail != tile.thumbnail

    desk.store.states[MESSAGE] = State.REGISTERED
    viewer.turn(1)
    desk.settle()
    assert [notice.head for notice in desk.told.values] == ["Фото осталось как было"]


def test_a_photo_that_has_gone_is_told_and_left(desk: Desk) -> None:
    desk.attach(a_jpg=UPRIGHT, b_jpg=ON_ITS_SIDE)
    first, second = desk.presenter.state.tiles
    viewer = desk.presenter.viewer
    desk.store.contents.pop(first.id)
    viewer.open(first.id)
    desk.settle()
    assert "не показать" in viewer.state.notice
    desk.store.photos.pop(0)
    desk.presenter.reload()
    desk.settle()
    assert viewer.state.name == second.name
    desk.presenter.remove(second.id)
    desk.settle()
    assert viewer.state.picture is None


# --- words ---


def test_every_reason_has_its_words() -> None:
    reasons = [
        photo_words.refused(PhotoJudgement(Verdict.REFUSE, reason, FileFormat.JPEG, 9000, 9000))
        for reason in PhotoReason
        if reason is not PhotoReason.WRONG_FORMAT
    ]
    assert [bool(text) for text in reasons] == [False, *[True] * 5, *[False] * 3]
    assert len(set(reasons)) == 6
    assert "30" in reasons[3]
    assert "9000 × 9000" in reasons[4]
    formats = {
        each: photo_words.refused(PhotoJudgement(Verdict.REFUSE, PhotoReason.WRONG_FORMAT, each))
        for each in FileFormat
        if each not in ALLOWED
    }
    assert all("п. 6.5" in text and "%" not in text for text in formats.values())
    assert "WebP" in formats[FileFormat.WEBP]
    assert "Сохраните страницу" in formats[FileFormat.PDF]
    problems = {photo_words.problem(each) for each in PhotoProblem}
    assert len(problems) == len(PhotoProblem)
    marks = {photo_words.mark(each)[0] for each in PhotoReason}
    remarks = {photo_words.remark(each) for each in PhotoReason}
    assert (len(marks), len(remarks)) == (4, 4)


# --- the window ---


@pytest.fixture
def theme(qapp: QApplication, owner: QObject) -> Theme:
    made = Theme(Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.LIGHT, parent=owner)
    made.install(qapp)
    return made


@pytest.fixture
def page(desk: Desk, theme: Theme, qtbot: QtBot) -> QWidget:
    """A page with the workspace's photos, one of which is attached."""
    desk.attach(a_jpg=UPRIGHT)
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.addWidget(PhotoStrip(theme, desk.presenter, page=made))
    made.resize(900, 700)
    made.show()
    QTest.qWaitForWindowActive(made)
    made.setFocus()
    press(Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    return made


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)
    for _round in range(8):
        QCoreApplication.processEvents()


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_the_viewer_opens_zooms_and_goes_by_keys(desk: Desk, page: QWidget) -> None:
    tile = QApplication.focusWidget()
    (viewer,), (canvas,) = page.findChildren(PhotoViewer), page.findChildren(PhotoCanvas)
    percents = Told(canvas.zoomed)
    press(Qt.Key.Key_Return)
    assert viewer.isVisible()
    assert viewer.size() == page.size()
    assert canvas.hasFocus()
    whole = percents.values[-1]
    press(Qt.Key.Key_Plus)
    press(Qt.Key.Key_Plus)
    assert percents.values[-1] > whole
    assert not canvas.is_whole
    seen = viewer.grab().toImage()
    press(Qt.Key.Key_Right)
    assert viewer.grab().toImage() != seen
    press(Qt.Key.Key_1)
    assert percents.values[-1] == 100
    press(Qt.Key.Key_0)
    assert (percents.values[-1], canvas.is_whole) == (whole, True)
    press(Qt.Key.Key_Minus)
    assert canvas.is_whole
    press(Qt.Key.Key_Space)
    assert desk.presenter.viewer.state.copy is ShownCopy.SENT
    press(Qt.Key.Key_Tab)
    assert viewer.isAncestorOf(QApplication.focusWidget())
    press(Qt.Key.Key_Escape)
    assert not viewer.isVisible()
    assert QApplication.focusWidget() is tile


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_the_wheel_zooms_where_the_mouse_is_and_the_mouse_moves(desk: Desk, page: QWidget) -> None:
    press(Qt.Key.Key_Return)
    (canvas,) = page.findChildren(PhotoCanvas)
    percents = Told(canvas.zoomed)

    def turn_wheel(notches: int, modifier: Qt.KeyboardModifier) -> None:
        at = QPointF(100, 100)
        event = QWheelEvent(
            at,
            canvas.mapToGlobal(at),
            QPoint(),
            QPoint(0, notches * 120),
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(canvas, event)

    turn_wheel(4, Qt.KeyboardModifier.ControlModifier)
    assert percents.values[-1] > 150
    seen = canvas.grab().toImage()
    turn_wheel(-2, Qt.KeyboardModifier.NoModifier)
    moved = canvas.grab().toImage()
    assert moved != seen
    middle, aside = canvas.rect().center(), canvas.rect().center() - QPoint(90, 60)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(canvas, aside)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=aside)
    assert canvas.grab().toImage() != moved
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton)
    assert canvas.is_whole
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton)
    assert percents.values[-1] == 100


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_photos_are_taken_away_and_put_back_by_keys(desk: Desk, page: QWidget) -> None:
    desk.attach(b_jpg=ON_ITS_SIDE)
    press(Qt.Key.Key_Right)
    tiles = page.findChildren(PhotoTileButton)
    assert tiles[1].hasFocus()
    press(Qt.Key.Key_Delete)
    assert desk.names == ["a.jpg"]
    assert tiles[0].hasFocus()
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.names == ["a.jpg", "b.jpg"]
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Left)
    assert tiles[0].hasFocus()


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_the_keyboard_comes_back_to_the_photo_that_was_seen_last(desk: Desk, page: QWidget) -> None:
    """After Esc, Delete removed the photo that had been opened first."""
    desk.attach(b_jpg=ON_ITS_SIDE)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_PageDown, Qt.Key.Key_Escape, Qt.Key.Key_Delete):
        press(key)

    assert desk.names == ["a.jpg"]


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_keys_of_photos_say_why_they_do_nothing(desk: Desk, page: QWidget) -> None:
    told = Told(desk.presenter.told)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Delete)
    page.setFocus()
    press(Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    QGuiApplication.clipboard().setText("слова")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    assert [notice.head for notice in told.values] == [
        "Город не разрешает операторам поворачивать фото",
        "В сообщении нет фото",
        "Не скопирован ни снимок, ни файл",
    ]


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_copied_and_dropped_pictures_are_attached(desk: Desk, page: QWidget) -> None:
    clipboard = QGuiApplication.clipboard()
    bytes_of_a_picture = QMimeData()
    bytes_of_a_picture.setData("image/jpeg", QByteArray(ON_ITS_SIDE))
    clipboard.setMimeData(bytes_of_a_picture)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert desk.names == ["a.jpg", "Снимок из буфера обмена"]
    assert desk.store.contents[desk.presenter.state.tiles[1].id] == ON_ITS_SIDE

    screenshot = QImage(400, 300, QImage.Format.Format_RGB32)
    screenshot.fill(Qt.GlobalColor.darkGreen)
    clipboard.setImage(screenshot)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert desk.store.photos[2].judgement == replace(
        desk.store.photos[2].judgement, format=FileFormat.PNG, width=400, height=300
    )

    file = desk.folder / "d.png"
    file.write_bytes(file_of(picture(300, 300), "PNG"))
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(file))])
    way = (Qt.DropAction.CopyAction, files, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(QPoint(5, 5), *way, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), *way, Qt.KeyboardModifier.NoModifier))
    desk.settle()
    assert desk.names[-1] == "d.png"
    assert not desk.presenter.state.has_room
    clipboard.clear()
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(desk.names) == 4
