"""Let people sign in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

NOW = sa.text('clock_timestamp()')


def time(name: str, *, default: bool = False) -> sa.Column[object]:
    if default:
        return sa.Column(name, sa.DateTime(timezone=True), server_default=NOW, nullable=False)
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def upgrade() -> None:
    op.add_column('users', sa.Column('role', sa.String(length=50), server_default='user', nullable=False))
    op.add_column('users', time('email_verified_at'))
    op.add_column('users', time('disabled_at'))
    op.create_check_constraint(op.f('ck_users_role'), 'users', "role IN ('user', 'moderator', 'admin')")
    op.add_column('projects', sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    op.create_index('ix_projects_user_id_created_at', 'projects', ['user_id', 'created_at'])
    op.create_table('scripts',
    sa.Column('project_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('file_name', sa.String(length=255), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('original_key', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('format', sa.String(length=50), nullable=False),
    sa.Column('characters', sa.Integer(), nullable=False),
    time('created_at', default=True),
    sa.ForeignKeyConstraint(['project_id'], ['projects.project_id'], name=op.f('fk_scripts_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('project_id', 'number', name=op.f('pk_scripts'))
    )
    op.create_table('sessions',
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('serial', sa.Integer(), server_default='0', nullable=False),
    sa.Column('device', sa.String(length=200), server_default='', nullable=False),
    time('created_at', default=True),
    time('refreshed_at', default=True),
    time('expires_at'),
    time('ended_at'),
    sa.Column('ended_why', sa.String(length=50), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.user_id'], name=op.f('fk_sessions_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('session_id', name=op.f('pk_sessions'))
    )
    op.create_index('ix_sessions_user_id_created_at', 'sessions', ['user_id', 'created_at'])
    op.create_table('mailed_links',
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(length=50), nullable=False),
    sa.Column('password_hash', sa.String(length=255), nullable=True),
    time('created_at', default=True),
    time('expires_at'),
    time('used_at'),
    sa.CheckConstraint("purpose IN ('verify', 'reset')", name=op.f('ck_mailed_links_purpose')),
    sa.ForeignKeyConstraint(['user_id'], ['users.user_id'], name=op.f('fk_mailed_links_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_mailed_links'))
    )
    op.create_index('ix_mailed_links_user_id', 'mailed_links', ['user_id'])
    op.create_table('api_keys',
    sa.Column('key_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('hint', sa.String(length=20), nullable=False),
    sa.Column('scopes', sa.ARRAY(sa.Text()), nullable=False),
    time('created_at', default=True),
    time('expires_at'),
    time('used_at'),
    time('revoked_at'),
    sa.ForeignKeyConstraint(['user_id'], ['users.user_id'], name=op.f('fk_api_keys_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('key_id', name=op.f('pk_api_keys')),
    sa.UniqueConstraint('digest', name=op.f('uq_api_keys_digest'))
    )
    op.create_index('ix_api_keys_user_id_created_at', 'api_keys', ['user_id', 'created_at'])
    op.create_table('mails',
    sa.Column('mail_id', sa.Uuid(), nullable=False),
    sa.Column('recipient', sa.String(length=255), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    time('created_at', default=True),
    time('next_try_at', default=True),
    time('sent_at'),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('mail_id', name=op.f('pk_mails'))
    )
    op.create_index('ix_mails_unsent', 'mails', ['next_try_at'], postgresql_where=sa.text('sent_at IS NULL'))
    op.create_table('tallies',
    sa.Column('who', sa.String(length=200), nullable=False),
    sa.Column('count', sa.BigInteger(), nullable=False),
    time('ends_at', default=True),
    sa.PrimaryKeyConstraint('who', name=op.f('pk_tallies'))
    )
    op.create_index('ix_tallies_ends_at', 'tallies', ['ends_at'])


def downgrade() -> None:
    for table in ('tallies', 'mails', 'api_keys', 'mailed_links', 'sessions', 'scripts'):
        op.drop_table(table)
    op.drop_index('ix_projects_user_id_created_at', 'projects')
    op.drop_column('projects', 'version')
    op.drop_constraint(op.f('ck_users_role'), 'users')
    for column in ('disabled_at', 'email_verified_at', 'role'):
        op.drop_column('users', column)
