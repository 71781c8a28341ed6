"""Schema migrations that were created concurrently form one sequence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from sync.store import migrations


def numbers_of(tree: Path) -> Counter[str]:
    lines = [
        line
        for file in (tree / "versions").glob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return Counter(line for line in lines if line.startswith("revision"))


@pytest.mark.parametrize("tree", [migrations.LOCAL, migrations.CENTRAL], ids=["local", "central"])
def test_every_migration_has_a_number_of_its_own_and_one_before_it(tree: Path) -> None:
    assert [line for line, count in numbers_of(tree).items() if count > 1] == []
    steps = migrations.steps(tree)
    assert len(steps) == sum(numbers_of(tree).values())
    assert [step.down_revision for step in steps] == [
        *(step.revision for step in steps[1:]),
        None,
    ]
    assert migrations.newest(tree) == steps[0].revision
    assert migrations.revisions(tree) == {step.revision for step in steps}
