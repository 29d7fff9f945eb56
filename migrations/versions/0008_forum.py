"""The forum, and what the network forgot: who withheld an offer, and of which course a session is."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('forum_category',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('description_html', sa.Text(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('readers', sa.String(length=80), nullable=False),
    sa.Column('writers', sa.String(length=80), nullable=False),
    sa.Column('starters', sa.String(length=80), nullable=False),
    sa.Column('made_for', sa.String(length=80), nullable=True),
    sa.Column('open_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('place >= 0', name=op.f('ck_forum_category_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_category')),
    sa.UniqueConstraint('made_for', name=op.f('uq_forum_category_made_for')),
    sa.UniqueConstraint('slug', name=op.f('uq_forum_category_slug'))
    )
    with op.batch_alter_table('forum_category', schema=None) as batch_op:
        batch_op.create_index('ix_forum_category_readers', ['readers'], unique=False)

    op.create_table('forum_tag',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('words', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_tag')),
    sa.UniqueConstraint('key', name=op.f('uq_forum_tag_key'))
    )
    op.create_table('forum_choice',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('searchable', sa.Boolean(), nullable=False),
    sa.Column('words_in_letters', sa.Boolean(), nullable=False),
    sa.Column('from_post', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_forum_choice_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_forum_choice'))
    )
    op.create_table('forum_draft',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('place', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(length=255), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('tags', sa.String(length=255), nullable=False),
    sa.Column('warning', sa.String(length=255), nullable=False),
    sa.Column('reply_to', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_forum_draft_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'place', name=op.f('pk_forum_draft'))
    )
    op.create_table('forum_keeper',
    sa.Column('category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['category_id'], ['forum_category.id'], name=op.f('fk_forum_keeper_category_id_forum_category'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_forum_keeper_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('category_id', 'member_id', name=op.f('pk_forum_keeper'))
    )
    with op.batch_alter_table('forum_keeper', schema=None) as batch_op:
        batch_op.create_index('ix_forum_keeper_member_id', ['member_id'], unique=False)

    op.create_table('forum_place_standing',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('level', sa.String(length=32), nullable=False),
    sa.Column('read_before', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("level IN ('', 'watch', 'track', 'normal', 'mute')", name=op.f('ck_forum_place_standing_level')),
    sa.ForeignKeyConstraint(['category_id'], ['forum_category.id'], name=op.f('fk_forum_place_standing_category_id_forum_category'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_forum_place_standing_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'category_id', name=op.f('pk_forum_place_standing'))
    )
    with op.batch_alter_table('forum_place_standing', schema=None) as batch_op:
        batch_op.create_index('ix_forum_place_standing_category_id_level', ['category_id', 'level'], unique=False)

    op.create_table('forum_topic',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=255), nullable=False),
    sa.Column('language', sa.String(length=32), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('token', sa.String(length=32), nullable=True),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_post_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('last_posted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('last_number', sa.Integer(), nullable=False),
    sa.Column('posts', sa.Integer(), nullable=False),
    sa.Column('pinned', sa.SmallInteger(), nullable=False),
    sa.Column('pinned_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('behind_doors', sa.Boolean(), nullable=False),
    sa.Column('has_poll', sa.Boolean(), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('merged_into', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('origin', sa.String(length=80), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('shown', 'waiting', 'hidden', 'removed', 'deleted')", name=op.f('ck_forum_topic_state')),
    sa.CheckConstraint('pinned BETWEEN 0 AND 2', name=op.f('ck_forum_topic_pinned')),
    sa.CheckConstraint('posts >= 0 AND last_number >= 0', name=op.f('ck_forum_topic_numbers')),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_forum_topic_author_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['category_id'], ['forum_category.id'], name=op.f('fk_forum_topic_category_id_forum_category')),
    sa.ForeignKeyConstraint(['last_author_id'], ['member.id'], name=op.f('fk_forum_topic_last_author_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['merged_into'], ['forum_topic.id'], name=op.f('fk_forum_topic_merged_into_forum_topic'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_topic')),
    sa.UniqueConstraint('author_id', 'token', name=op.f('uq_forum_topic_author_id_token')),
    sa.UniqueConstraint('origin', name=op.f('uq_forum_topic_origin'))
    )
    with op.batch_alter_table('forum_topic', schema=None) as batch_op:
        batch_op.create_index('ix_forum_topic_author_id_id', ['author_id', 'id'], unique=False)
        batch_op.create_index('ix_forum_topic_category', ['category_id', 'state', 'pinned', 'last_post_id'], unique=False)
        batch_op.create_index('ix_forum_topic_ends_at', ['ends_at'], unique=False, sqlite_where=sa.text('ends_at IS NOT NULL'), postgresql_where=sa.text('ends_at IS NOT NULL'))
        batch_op.create_index('ix_forum_topic_latest', ['state', 'last_post_id'], unique=False)
        batch_op.create_index('ix_forum_topic_merged_into', ['merged_into'], unique=False)
        batch_op.create_index('ix_forum_topic_pinned', ['pinned', 'last_post_id'], unique=False, sqlite_where=sa.text('pinned = 2'), postgresql_where=sa.text('pinned = 2'))

    op.create_table('forum_watched',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=255), nullable=False),
    sa.Column('words', sa.String(length=255), nullable=False),
    sa.Column('deed', sa.String(length=32), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("deed IN ('wait', 'refuse')", name=op.f('ck_forum_watched_deed')),
    sa.CheckConstraint("kind IN ('word', 'link')", name=op.f('ck_forum_watched_kind')),
    sa.ForeignKeyConstraint(['made_by'], ['member.id'], name=op.f('fk_forum_watched_made_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_watched')),
    sa.UniqueConstraint('kind', 'key', name=op.f('uq_forum_watched_kind_key'))
    )
    with op.batch_alter_table('forum_watched', schema=None) as batch_op:
        batch_op.create_index('ix_forum_watched_made_by', ['made_by'], unique=False)

    op.create_table('forum_poll',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('topic_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('question', sa.String(length=255), nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.Column('secret', sa.Boolean(), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('voters', sa.Integer(), nullable=False),
    sa.CheckConstraint('most >= 1', name=op.f('ck_forum_poll_most')),
    sa.CheckConstraint('voters >= 0', name=op.f('ck_forum_poll_voters')),
    sa.ForeignKeyConstraint(['topic_id'], ['forum_topic.id'], name=op.f('fk_forum_poll_topic_id_forum_topic'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_poll')),
    sa.UniqueConstraint('topic_id', name=op.f('uq_forum_poll_topic_id'))
    )
    op.create_table('forum_post',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('topic_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('token', sa.String(length=32), nullable=True),
    sa.Column('reply_to', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=32), nullable=False),
    sa.Column('warning', sa.String(length=255), nullable=False),
    sa.Column('deed', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('edits', sa.Integer(), nullable=False),
    sa.Column('wiki', sa.Boolean(), nullable=False),
    sa.Column('locked', sa.Boolean(), nullable=False),
    sa.Column('voice', sa.Integer(), nullable=True),
    sa.Column('helpful', sa.Integer(), nullable=False),
    sa.Column('files', sa.SmallInteger(), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('origin', sa.String(length=80), nullable=True),
    sa.CheckConstraint("state IN ('shown', 'waiting', 'hidden', 'removed', 'deleted')", name=op.f('ck_forum_post_state')),
    sa.CheckConstraint('number > 0 AND helpful >= 0 AND edits >= 0', name=op.f('ck_forum_post_numbers')),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_forum_post_author_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['reply_to'], ['forum_post.id'], name=op.f('fk_forum_post_reply_to_forum_post'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['topic_id'], ['forum_topic.id'], name=op.f('fk_forum_post_topic_id_forum_topic'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_post')),
    sa.UniqueConstraint('author_id', 'token', name=op.f('uq_forum_post_author_id_token')),
    sa.UniqueConstraint('origin', name=op.f('uq_forum_post_origin')),
    sa.UniqueConstraint('topic_id', 'number', name=op.f('uq_forum_post_topic_id_number'))
    )
    with op.batch_alter_table('forum_post', schema=None) as batch_op:
        batch_op.create_index('ix_forum_post_author_id_id', ['author_id', 'id'], unique=False)
        batch_op.create_index('ix_forum_post_deleted_at', ['deleted_at'], unique=False, sqlite_where=sa.text('deleted_at IS NOT NULL'), postgresql_where=sa.text('deleted_at IS NOT NULL'))
        batch_op.create_index('ix_forum_post_reply_to', ['reply_to'], unique=False)
        batch_op.create_index('ix_forum_post_unsettled', ['id'], unique=False, sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))

    op.create_table('forum_standing',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('topic_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('read_to', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=32), nullable=False),
    sa.Column('why', sa.String(length=32), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("level IN ('', 'watch', 'track', 'normal', 'mute')", name=op.f('ck_forum_standing_level')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_forum_standing_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['topic_id'], ['forum_topic.id'], name=op.f('fk_forum_standing_topic_id_forum_topic'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'topic_id', name=op.f('pk_forum_standing'))
    )
    with op.batch_alter_table('forum_standing', schema=None) as batch_op:
        batch_op.create_index('ix_forum_standing_topic_id_level', ['topic_id', 'level'], unique=False)
        batch_op.create_index('ix_forum_standing_touched_at', ['touched_at'], unique=False)

    op.create_table('forum_topic_tag',
    sa.Column('topic_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tag_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['tag_id'], ['forum_tag.id'], name=op.f('fk_forum_topic_tag_tag_id_forum_tag'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['topic_id'], ['forum_topic.id'], name=op.f('fk_forum_topic_tag_topic_id_forum_topic'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('topic_id', 'tag_id', name=op.f('pk_forum_topic_tag'))
    )
    with op.batch_alter_table('forum_topic_tag', schema=None) as batch_op:
        batch_op.create_index('ix_forum_topic_tag_tag_id', ['tag_id', 'topic_id'], unique=False)

    op.create_table('forum_helpful',
    sa.Column('post_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_forum_helpful_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['post_id'], ['forum_post.id'], name=op.f('fk_forum_helpful_post_id_forum_post'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('post_id', 'member_id', name=op.f('pk_forum_helpful'))
    )
    with op.batch_alter_table('forum_helpful', schema=None) as batch_op:
        batch_op.create_index('ix_forum_helpful_member_id', ['member_id'], unique=False)

    op.create_table('forum_poll_option',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('poll_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=255), nullable=False),
    sa.Column('votes', sa.Integer(), nullable=False),
    sa.CheckConstraint('votes >= 0', name=op.f('ck_forum_poll_option_votes')),
    sa.ForeignKeyConstraint(['poll_id'], ['forum_poll.id'], name=op.f('fk_forum_poll_option_poll_id_forum_poll'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_poll_option')),
    sa.UniqueConstraint('poll_id', 'place', name=op.f('uq_forum_poll_option_poll_id_place'))
    )
    op.create_table('forum_poll_voter',
    sa.Column('poll_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_forum_poll_voter_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['poll_id'], ['forum_poll.id'], name=op.f('fk_forum_poll_voter_poll_id_forum_poll'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('poll_id', 'member_id', name=op.f('pk_forum_poll_voter'))
    )
    with op.batch_alter_table('forum_poll_voter', schema=None) as batch_op:
        batch_op.create_index('ix_forum_poll_voter_member_id', ['member_id'], unique=False)

    op.create_table('forum_post_edit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('post_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('title', sa.String(length=255), nullable=False),
    sa.Column('reason', sa.String(length=255), nullable=False),
    sa.Column('editor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['editor_id'], ['member.id'], name=op.f('fk_forum_post_edit_editor_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['post_id'], ['forum_post.id'], name=op.f('fk_forum_post_edit_post_id_forum_post'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_post_edit'))
    )
    with op.batch_alter_table('forum_post_edit', schema=None) as batch_op:
        batch_op.create_index('ix_forum_post_edit_editor_id', ['editor_id'], unique=False)
        batch_op.create_index('ix_forum_post_edit_post_id_id', ['post_id', 'id'], unique=False)

    op.create_table('forum_post_file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('post_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('upload_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.ForeignKeyConstraint(['post_id'], ['forum_post.id'], name=op.f('fk_forum_post_file_post_id_forum_post'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_forum_post_file_upload_id_upload'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_post_file'))
    )
    with op.batch_alter_table('forum_post_file', schema=None) as batch_op:
        batch_op.create_index('ix_forum_post_file_post_id', ['post_id'], unique=False)
        batch_op.create_index('ix_forum_post_file_upload_id', ['upload_id'], unique=False)

    op.create_table('forum_poll_choice',
    sa.Column('option_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_forum_poll_choice_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['option_id'], ['forum_poll_option.id'], name=op.f('fk_forum_poll_choice_option_id_forum_poll_option'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('option_id', 'member_id', name=op.f('pk_forum_poll_choice'))
    )
    with op.batch_alter_table('forum_poll_choice', schema=None) as batch_op:
        batch_op.create_index('ix_forum_poll_choice_member_id', ['member_id'], unique=False)

    with op.batch_alter_table('directory_entry', schema=None) as batch_op:
        batch_op.create_index('ix_directory_entry_by_level', ['kind', 'key', 'level', 'name_key', 'member_id', 'rank'], unique=False)

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('withheld_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('facilitation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('course_slug', sa.String(length=64), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_facilitation_course_slug_course'), 'course', ['course_slug'], ['slug'])

    with op.batch_alter_table('facilitator', schema=None) as batch_op:
        batch_op.add_column(sa.Column('withheld_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('mentor', schema=None) as batch_op:
        batch_op.add_column(sa.Column('withheld_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about', sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column('times', sa.Integer(), server_default=sa.text("1"), nullable=False))
        batch_op.create_index('ix_notice_about', ['about', 'member_id'], unique=False, sqlite_where=sa.text('about IS NOT NULL AND read_at IS NULL'), postgresql_where=sa.text('about IS NOT NULL AND read_at IS NULL'))

    _make_index_of_words()


def _make_index_of_words() -> None:
    """What the search of the forum looks through; the worker fills it."""
    bind = op.get_bind()
    if bind.dialect.name != 'sqlite':
        op.execute('CREATE TABLE search_forum (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)')
        op.execute('CREATE INDEX search_forum_words ON search_forum USING GIN (words)')
        return
    op.execute("CREATE VIRTUAL TABLE search_forum USING fts5(title, words, tokenize='ascii', prefix='2 3', detail='column')")
    if bind.dialect.server_version_info >= (3, 42):
        op.execute("INSERT INTO search_forum (search_forum, rank) VALUES ('secure-delete', 1)")


def downgrade() -> None:
    op.execute('DROP TABLE search_forum')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_index('ix_notice_about', sqlite_where=sa.text('about IS NOT NULL AND read_at IS NULL'), postgresql_where=sa.text('about IS NOT NULL AND read_at IS NULL'))
        batch_op.drop_column('times')
        batch_op.drop_column('about')

    with op.batch_alter_table('mentor', schema=None) as batch_op:
        batch_op.drop_column('withheld_at')

    with op.batch_alter_table('facilitator', schema=None) as batch_op:
        batch_op.drop_column('withheld_at')

    with op.batch_alter_table('facilitation', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_facilitation_course_slug_course'), type_='foreignkey')
        batch_op.drop_column('course_slug')

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('withheld_at')

    with op.batch_alter_table('directory_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_directory_entry_by_level')

    with op.batch_alter_table('forum_poll_choice', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_poll_choice_member_id')

    op.drop_table('forum_poll_choice')
    with op.batch_alter_table('forum_post_file', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_post_file_upload_id')
        batch_op.drop_index('ix_forum_post_file_post_id')

    op.drop_table('forum_post_file')
    with op.batch_alter_table('forum_post_edit', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_post_edit_post_id_id')
        batch_op.drop_index('ix_forum_post_edit_editor_id')

    op.drop_table('forum_post_edit')
    with op.batch_alter_table('forum_poll_voter', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_poll_voter_member_id')

    op.drop_table('forum_poll_voter')
    op.drop_table('forum_poll_option')
    with op.batch_alter_table('forum_helpful', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_helpful_member_id')

    op.drop_table('forum_helpful')
    with op.batch_alter_table('forum_topic_tag', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_topic_tag_tag_id')

    op.drop_table('forum_topic_tag')
    with op.batch_alter_table('forum_standing', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_standing_touched_at')
        batch_op.drop_index('ix_forum_standing_topic_id_level')

    op.drop_table('forum_standing')
    with op.batch_alter_table('forum_post', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_post_unsettled', sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))
        batch_op.drop_index('ix_forum_post_reply_to')
        batch_op.drop_index('ix_forum_post_deleted_at', sqlite_where=sa.text('deleted_at IS NOT NULL'), postgresql_where=sa.text('deleted_at IS NOT NULL'))
        batch_op.drop_index('ix_forum_post_author_id_id')

    op.drop_table('forum_post')
    op.drop_table('forum_poll')
    with op.batch_alter_table('forum_watched', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_watched_made_by')

    op.drop_table('forum_watched')
    with op.batch_alter_table('forum_topic', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_topic_pinned', sqlite_where=sa.text('pinned = 2'), postgresql_where=sa.text('pinned = 2'))
        batch_op.drop_index('ix_forum_topic_merged_into')
        batch_op.drop_index('ix_forum_topic_latest')
        batch_op.drop_index('ix_forum_topic_ends_at', sqlite_where=sa.text('ends_at IS NOT NULL'), postgresql_where=sa.text('ends_at IS NOT NULL'))
        batch_op.drop_index('ix_forum_topic_category')
        batch_op.drop_index('ix_forum_topic_author_id_id')

    op.drop_table('forum_topic')
    with op.batch_alter_table('forum_place_standing', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_place_standing_category_id_level')

    op.drop_table('forum_place_standing')
    with op.batch_alter_table('forum_keeper', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_keeper_member_id')

    op.drop_table('forum_keeper')
    op.drop_table('forum_draft')
    op.drop_table('forum_choice')
    op.drop_table('forum_tag')
    with op.batch_alter_table('forum_category', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_category_readers')

    op.drop_table('forum_category')
