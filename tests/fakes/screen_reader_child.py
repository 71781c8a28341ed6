"""Reads the accessible tree of one program; run by the system's Python, which has AT-SPI.

It reads requests as JSON lines from stdin and writes JSON lines to stdout: ``tree`` with all shown
nodes of the program, and ``event`` for its announcements.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  # the version has to be asked for before

LISTS = {"table", "list", "tree", "tree table", "list box"}
MOST_ITEMS = 60  # of a list: further items come from the same code
WATCHED = (
    "object:announcement",
    "object:state-changed:focused",
    "object:state-changed:selected",
    "object:text-changed:insert",
)


def tell(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def states_of(node: Any) -> list[str]:
    return sorted(state.value_nick for state in node.get_state_set().get_states())


def actions_of(node: Any) -> list[str]:
    action = node.get_action_iface()
    if action is None:
        return []
    # The new method name, which is not deprecated, is hidden by the node's name.
    return [action.get_action_name(number) for number in range(action.get_n_actions())]


def described(node: Any, path: tuple[str, ...], states: list[str]) -> dict[str, Any]:
    return {
        "role": node.get_role_name(),
        "name": node.get_name(),
        "description": node.get_description(),
        "states": states,
        "actions": actions_of(node),
        "path": list(path),
    }


def walk(node: Any, path: tuple[str, ...], into: list[dict[str, Any]]) -> None:
    """Adds this node and all shown nodes below it."""
    states = states_of(node)
    if "showing" not in states and path:
        return
    told = described(node, path, states)
    into.append(told)
    inside = (*path, f"{told['role']} {told['name']}".strip())
    count = node.get_child_count()
    if told["role"] in LISTS:
        count = min(count, MOST_ITEMS)
    for number in range(count):
        child = node.get_child_at_index(number)
        if child is not None:
            walk(child, inside, into)


def program(pid: int) -> Any | None:
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        try:
            found = desktop.get_child_at_index(number)
            if found is not None and found.get_process_id() == pid:
                return found
        except GLib.Error:
            continue  # an ended program that is still listed
    return None


def heard(event: Any) -> None:
    """Passes on an announcement of a program, whose source may already be gone."""
    try:
        source = event.source
        told = {
            "event": event.type,
            "detail": event.detail1,
            "text": event.any_data if isinstance(event.any_data, str) else "",
            "role": source.get_role_name(),
            "name": source.get_name(),
        }
    except GLib.Error:
        return
    tell(told)


def asked(_stdin: Any, _condition: Any, loop: Any) -> bool:
    line = sys.stdin.readline()
    if not line:
        loop.quit()
        return False
    pid = int(line)
    nodes: list[dict[str, Any]] = []
    try:
        found = program(pid)
        if found is not None:
            found.clear_cache()
            for number in range(found.get_child_count()):
                window = found.get_child_at_index(number)
                if window is not None:
                    walk(window, (), nodes)
    except GLib.Error as error:
        # The node being read was just removed: the reader retries.
        tell({"tree": None, "why": str(error)})
        return True
    tell({"tree": nodes})
    return True


def main() -> None:
    Atspi.init()
    Atspi.get_desktop(0).set_cache_mask(Atspi.Cache.NONE)
    listener = Atspi.EventListener.new(heard)
    for kind in WATCHED:
        listener.register(kind)
    loop = GLib.MainLoop()
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN, asked, loop)
    tell({"ready": True})
    loop.run()


if __name__ == "__main__":
    main()
