"""A made-up revision after the latest one, to test upgrades between two versions."""

from __future__ import annotations

import shutil
from pathlib import Path

from sync.store import migrations

REVISION = "z0002"  # sorts after each real revision

_SOURCE = '''"""Made up: several changes, so that an upgrade can break off between them."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{previous}"

TABLES = 6


def upgrade() -> None:
    for number in range(TABLES):
        name = f"made_up_{{number}}"
        op.create_table(name, sa.Column("id", sa.Integer(), primary_key=True))
        op.add_column(name, sa.Column("note", sa.Text(), nullable=True))
        op.create_index(f"ix_{{name}}_note", name, ["note"])
        op.execute(f"INSERT INTO {{name}} (id, note) VALUES ({{number}}, 'made up')")
'''


def tree_with_second_revision(tree: Path, folder: Path) -> Path:
    """Copy of the revision tree in the folder, with REVISION as its latest revision."""
    copy = folder / f"{tree.name}-{REVISION}"
    shutil.copytree(tree, copy, ignore=shutil.ignore_patterns("__pycache__"))
    source = _SOURCE.format(revision=REVISION, previous=migrations.newest(tree))
    (copy / "versions" / "made_up.py").write_text(source, encoding="utf-8")
    return copy
