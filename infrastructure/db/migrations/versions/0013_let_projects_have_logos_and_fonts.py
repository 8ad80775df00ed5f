"""Let projects have logos and fonts."""

from __future__ import annotations

from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

NAME = 'ck_project_references_kind'


def upgrade() -> None:
    op.drop_constraint(op.f(NAME), 'project_references', type_='check')
    op.create_check_constraint(
        op.f(NAME), 'project_references', "kind IN ('character', 'style', 'music', 'voice', 'logo', 'font')"
    )


def downgrade() -> None:
    # What the version before has no word for goes; what the store holds of it goes with its project.
    op.execute("DELETE FROM project_references WHERE kind IN ('logo', 'font')")
    op.drop_constraint(op.f(NAME), 'project_references', type_='check')
    op.create_check_constraint(op.f(NAME), 'project_references', "kind IN ('character', 'style', 'music', 'voice')")
