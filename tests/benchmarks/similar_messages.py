"""Finding likely duplicates among very many messages: search time, memory, recall.

Run as ``python -m tests.benchmarks.similar_messages [messages]``; 100,000 by default. The messages
are combined from problems, streets and houses; each query is one of them in other words. Exit
status 1 if a limit is missed.
"""

from __future__ import annotations

import random
import sys
import time
import tracemalloc

from sync.register.checks.morphology import Morphology
from sync.register.likeness.matters import Matters
from sync.register.likeness.search import SimilarMessages
from tests.benchmarks.figures import Figure, print_figures

_LIMIT_MS = 20.0
_QUESTIONS = 500
_STREETS = """Садовая Лесная Мира Кирова Горького Пушкина Степная Зелёная Школьная Набережная
Октябрьская Победы Шоссейная Комсомольская Заречная Луговая Полевая Речная Солнечная Южная
Северная Восточная Западная Цветочная Вишнёвая Кленовая Липовая Тенистая Парковая Курортная
Гагарина Чехова Толстого Некрасова Лермонтова Тургенева Островского Маяковского Фадеева Титова
""".split()  # noqa: SIM905
_TROUBLES = (
    ("на дороге яма, машины бьют колёса", "огромная выбоина на проезжей части"),
    ("не горит фонарь, вечером темно", "нет уличного освещения, светильник не работает"),
    ("третий день не вывозят мусор", "контейнеры переполнены, отходы не забирают"),
    ("нет горячей воды", "отключили горячее водоснабжение"),
    ("бегает стая собак", "бродячие псы пугают людей"),
    ("упало дерево и перегородило тротуар", "повалился тополь, ветки лежат на тротуаре"),
    ("сломаны качели на детской площадке", "качели на площадке разбиты"),
    ("протекает крыша", "кровля течёт после дождя"),
    ("не работает лифт", "лифт стоит вторую неделю"),
    ("пахнет канализацией из люка", "вонь от нечистот, открыт канализационный люк"),
    ("не расчищен снег", "сугробы, тротуар завален снегом"),
    ("холодные батареи", "нет отопления, в квартирах холодно"),
)
_OPENINGS = ("Здравствуйте!", "Прошу принять меры:", "Уважаемая администрация,", "Добрый день.", "")
_ENDINGS = ("Когда это исправят?", "Помогите, пожалуйста.", "Жители устали ждать.", "")


def _text(chance: random.Random, trouble: int, street: int, house: int, wording: int) -> str:
    return (
        f"{chance.choice(_OPENINGS)} По улице {_STREETS[street]}, дом {house} "
        f"{_TROUBLES[trouble][wording]}. {chance.choice(_ENDINGS)}"
    )


def main() -> int:
    """Prints time, memory and recall; returns 1 if a limit is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chance = random.Random(7)  # noqa: S311
    matters = Matters(Morphology().normal)
    facts = [
        (chance.randrange(len(_TROUBLES)), chance.randrange(len(_STREETS)), chance.randint(1, 300))
        for _ in range(count)
    ]
    texts = [_text(chance, *fact, 0) for fact in facts]
    messages: SimilarMessages[int] = SimilarMessages(matters, texts.__getitem__)
    tracemalloc.start()
    begun_s = time.process_time()
    for number, text in enumerate(texts):
        messages.put(number, text)
    build_s = time.process_time() - begun_s
    memory_mb = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    spent_ms, right = [], 0
    for _ in range(_QUESTIONS):
        fact = facts[chance.randrange(count)]
        question = _text(chance, *fact, 1)
        begun_s = time.process_time()
        found = messages.find(question, in_term=lambda _: True, same_user=lambda _: False)
        spent_ms.append((time.process_time() - begun_s) * 1000)
        right += bool(found) and all(facts[each.key] == fact for each in found)
    spent_ms.sort()
    figures = (
        Figure("search, CPU p50", "ms", spent_ms[len(spent_ms) // 2]),
        Figure("search, CPU p95", "ms", spent_ms[len(spent_ms) * 95 // 100], greatest=_LIMIT_MS),
        Figure("right messages found", "share", right / _QUESTIONS, least=0.9),
        Figure("one message put", "ms", build_s / count * 1000),
        Figure("memory of all", "MB", memory_mb),
    )
    return int(not print_figures(figures, "-"))


if __name__ == "__main__":
    sys.exit(main())
