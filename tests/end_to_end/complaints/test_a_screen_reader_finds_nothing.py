"""Complaint: the program is unusable with a screen reader: unnamed fields, silent lists, no
announcements.

The running console is read through AT-SPI, as by Orca.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.led_messages import bring_message, stopped_store
from tests.fakes.screen_reader import Heard, Node, ScreenReader, announces, shows

CALLER = "+79005550139"
SHOWN_NUMBER = "+7 (900) 555-01-39"
SLOWLY_MS = 250  # for a key: a second press of F3 within a second would count as one press
# Roles that show the use of a control; a panel may have the focus of a complete page, and a label
# may be selected and read, but neither can be pressed.
ROLES = {
    "button", "push button", "check box", "radio button", "text", "entry", "password text",
    "combo box", "list", "list item", "table", "table cell", "spin button", "date editor",
}  # fmt: skip
PAGES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("F12",), "Проверка перед сменой"),
    (("F1",), "Клавиши"),
    (("ctrl+r",), "От звонка до записи"),
    (("alt+m",), "Рассмотрение (п. 7.6–7.12)"),
    (("alt+k",), "Решения города"),
    (("Return",), "Причина"),
    (("Escape", "alt+r"), "Правила города"),
    (("Escape", "alt+o"), "Календарь из файла"),
    (("Escape", "Escape", "ctrl+t"), "Учебный режим"),
    (("F11",), "Звонить некому"),
    (("F4",), "Найти сообщение"),
    (("ctrl+o",), "Ответы и сроки"),
    (("Insert",), "Ответ органа"),
    (("Escape", "alt+h"), "Направлено органу"),
    (("F10",), "Проверять нечего"),
    (("Insert",), "Сообщение без вызова"),
    (("Escape", "shift+F5"), "Выберите запись слева"),
    (("Return",), "Название"),
    (("alt+u",), "Выберите запрос"),
    (("alt+s",), "Новая пара"),
    (("alt+o",), "Устарели"),
    (("alt+p",), "Новое предложение"),
    (("alt+i",), "Файлы справочника"),
    (("Escape", "Escape", "Escape", "ctrl+m"), "Пропущенных нет"),
    (("shift+F4",), "Набрать номер"),
    (("Escape", "F9"), "Приём звонков"),
)


def _faults(nodes: list[Node]) -> list[str]:
    """Returns usable nodes without a name, or with a role that does not show their use."""
    return [
        str(node)
        for node in nodes
        if (node.takes_keyboard or node.acts)
        and (not node.name.strip() or not _has_right_role(node))
    ]


def _has_right_role(node: Node) -> bool:
    return node.role in ROLES or (node.role in ("panel", "label") and not node.acts)


def test_every_control_of_every_page_has_a_name_and_a_right_role(
    folder: Path, reader: ScreenReader
) -> None:
    found: dict[str, list[str]] = {}
    desk = ConsoleStage(folder)
    with stopped_store(desk) as store:
        bring_message(store, 1, "Яма на дороге у школы")
    with desk, BaresipCaller(CALLER) as caller:

        def read(words: str) -> list[Node]:
            nodes = reader.wait_for(desk.console_pid, shows(words), words)
            if faults := _faults(nodes):
                found[words] = faults
            return nodes

        controls = 0
        for keys, words in PAGES:
            for key in keys:
                desk.press(key)
                reader.nodes(desk.console_pid)  # replied after the key was handled
            controls += len([node for node in read(words) if node.takes_keyboard or node.acts])
        desk.press("Escape")

        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        read("Новый вызов")
        desk.answer()
        desk.type("Фонарь")
        read("Телефонный вызов")
        desk.press("F7")
        read("Перевести абонента")
        desk.press("Escape")
        desk.press("shift+F6")
        read("Клавиши телефона")
        desk.press("Escape")
        desk.press("ctrl+3")
        read("Где?")
        desk.type("улица Садовая, 5")
        desk.press("alt+Return")
        desk.wait_for("t_message_handed_in", STEP_LIMIT_S)
        desk.hang_up()
        desk.save()
        desk.press("F10")
        desk.press("Return")
        desk.wait_for("t_review_opened", STEP_LIMIT_S)
        read("Раздел 6 регламента")
        for digit in "123456":
            desk.press(f"alt+{digit}")
            read("Раздел 6 регламента")
            desk.press("Escape")
        desk.press("ctrl+l")
        read("Рабочее место заблокировано")

    assert found == {}
    assert controls > 300  # proof that real content was checked


def _has_keyboard(role: str, words: str) -> Callable[[Heard], bool]:
    return lambda heard: (
        heard.kind.startswith("object:state-changed:focused")
        and heard.detail == 1
        and heard.role == role
        and words in heard.name
    )


def test_a_call_is_led_by_what_is_heard(folder: Path, reader: ScreenReader) -> None:
    with (
        ConsoleStage(folder, settings={"states": {"wrap_up_s": 14}}) as desk,
        BaresipCaller(CALLER) as caller,
    ):
        caller.dial(f"sip:100@{desk.address}")
        ring = reader.wait_to_hear(announces(SHOWN_NUMBER))
        assert ring.text.startswith("звонит")
        desk.answer()
        reader.wait_to_hear(announces("разговор"))

        desk.press("F3")
        reader.wait_to_hear(announces("на удержании"))
        # moves over the hits while the cursor remains in the search field
        desk.press("F5")
        reader.wait_to_hear(_has_keyboard("text", "Вопрос, орган, услуга"))
        desk.type("вывоз мусора", key_ms=SLOWLY_MS)
        first = reader.wait_to_hear(announces("1 из"))
        desk.press("Down")
        second = reader.wait_to_hear(announces("2 из"))
        assert first.text.split(".")[1] != second.text.split(".")[1]
        desk.press("Return")
        desk.wait_for("t_hit_accepted", STEP_LIMIT_S)

        desk.press("F3")
        reader.wait_to_hear(announces("разговор"))
        desk.press("F6")
        reader.wait_to_hear(announces("не слышно"))
        desk.press("F6")

        # the menu of the operator's state, by arrow keys
        desk.press("F9")
        reader.wait_to_hear(_has_keyboard("panel", "После вызова"))
        desk.press("Down")
        reader.wait_to_hear(announces("3:"))
        desk.press("Escape")

        desk.press("ctrl+1")
        desk.hang_up()
        reader.wait_to_hear(announces("Оформление закончится через 10 секунд"))
        desk.save()
        reader.wait_to_hear(announces("сохран"))

        # a list announces its rows
        desk.press("ctrl+m")
        desk.press("shift+F5")
        reader.wait_to_hear(_has_keyboard("text", "Найти запись"))
        desk.press("Return")
        reader.wait_to_hear(_has_keyboard("list", "Записи"))
        desk.press("Down")
        reader.wait_to_hear(
            lambda heard: heard.role == "list item" and heard.detail == 1 and bool(heard.name)
        )
        (call,) = desk.calls_today()

    assert call["result"] == "answered"
