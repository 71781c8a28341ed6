"""SQL statements of each feed from the central database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sync.records.feed_values import Feed
from sync.register.numbering import INTAKE_STATION

MOST_KNOWN = 20_000  # calls, and messages, of other workplaces in a new workplace's first snapshot
DOCUMENT_COLUMNS = (
    "entity, id, ver, document, content_sha256, closed_on, by_name, at, "
    "coalesce(by_id::text, ''), action"
)
_NEWEST = """
    FROM shared_document AS d WHERE NOT EXISTS (
        SELECT FROM shared_document AS newer
        WHERE newer.entity = d.entity AND newer.id = d.id AND newer.ver > d.ver)
"""

# One day more than needed: the server's midnight may differ from the city's.
_HOLDS = "(closed_on IS NULL OR closed_on >= current_date)"
# Closed synonyms and proposals are included and marked as closed. Without any of them, a workplace
# could not distinguish a database that closed all of them from one that never had any.
_KEPT = f"({_HOLDS} OR entity IN ('synonym', 'proposal'))"


@dataclass(frozen=True, slots=True)
class FeedStatements:
    """SQL of a feed: selected items by entity and id, or a snapshot of all valid items."""

    some: str
    whole: str
    hashes: str = ""
    digest: str = ""
    takes_place: bool = False
    """Whether the snapshot replaces the workplace's data; an empty central feed is then not
    used.
    """


def _documents(*entities: str) -> FeedStatements:
    of_feed = f"{_NEWEST} AND entity IN ({', '.join(map(repr, entities))})"
    return FeedStatements(
        some=f"SELECT {DOCUMENT_COLUMNS} {of_feed} "
        "AND entity = ANY(%(entities)s) AND id = ANY(%(ids)s) ORDER BY position",
        whole=f"SELECT {DOCUMENT_COLUMNS} {of_feed} AND {_KEPT} ORDER BY position",
        hashes=f"SELECT DISTINCT content_sha256 {of_feed} "
        f"AND {_HOLDS} AND content_sha256 IS NOT NULL",
        digest="SELECT encode(sha256(convert_to(coalesce(string_agg("
        "entity || E'\\x1f' || id || E'\\x1f' || digest, E'\\n' "
        f"""ORDER BY entity COLLATE "C", id COLLATE "C"), ''), 'UTF8')), 'hex') {of_feed} """
        "AND closed_on IS NULL",
        takes_place=True,
    )


_CITY = """
    SELECT 'city_edit', id::text, 1, to_jsonb(e), NULL, NULL, by_name, at
    FROM city_edit AS e {which} ORDER BY position
"""
_INCIDENTS = """
    SELECT 'incident_event', id::text, 1, to_jsonb(e), NULL, NULL, by_name, at
    FROM incident_event AS e {which} ORDER BY at, id
"""
_PLANNED = """
    SELECT 'planned_call', id::text, 1, to_jsonb(c), NULL, NULL, made_by_name, made_at
    FROM planned_call AS c WHERE {calls}
    UNION ALL
    SELECT 'planned_step', id::text, 1, to_jsonb(s), NULL, NULL, by_name, at
    FROM planned_step AS s WHERE {steps}
"""
# The feed key of a message event consists of the month and the id.
_HANDLING = """
    SELECT * FROM (
        SELECT 'message_event', period || '/' || id, rev, to_jsonb(e) || {message}, NULL, NULL,
               coalesce(by_name, ''), at
        FROM message_event AS e WHERE {events}
        ORDER BY message_id, seq) AS steps
    UNION ALL
    SELECT 'platform_post', period || '/' || message_id, 1,
           jsonb_build_object('message_id', message_id, 'platform_id', platform_id,
                              'platform_status', platform_status, 'answer_text', answer_text),
           NULL, NULL, '', now()
    FROM platform_post WHERE {posts}
      AND num_nonnulls(platform_id, platform_status, answer_text) > 0
"""
_RECENT = "period >= to_char(now() - interval '6 months', 'YYMM')"
_OWN = "station_id = %(station)s"
_TAKEN_IN = f"station_id = '{INTAKE_STATION}'"
# An ended callback is known at all workplaces where it was open, and an open one may have been
# scheduled long ago. An erased person is included once more, which removes the data everywhere.
_NOT_ENDED = """
    NOT EXISTS (SELECT FROM planned_step AS ended
        WHERE ended.call_id = {call_id} AND ended.act IN ('talked', 'not_needed'))
"""
# An event of another workplace includes its message: a reviewer here does not have the message yet.
_MESSAGE = """
    CASE WHEN station_id = %(station)s THEN '{}' ELSE jsonb_build_object('message', (
        SELECT to_jsonb(m) FROM message AS m
        WHERE m.station_id = e.station_id AND m.period = e.period AND m.id = e.message_id)) END
"""
_OPEN = f"""
    %(reviews)s AND NOT {_OWN} AND EXISTS (
        SELECT FROM message AS m
        WHERE m.station_id = e.station_id AND m.period = e.period AND m.id = e.message_id
          AND m.state NOT IN ('refused', 'removed_as_duplicate', 'closed'))
"""
_CHANGED = "station_id = ANY(%(stations)s) AND period = ANY(%(periods)s)"

_HISTORY = """
    SELECT entity, id, ver, document, NULL, CASE WHEN document IS NULL THEN current_date END, '',
           now()
    FROM {source}
"""

# Computer clocks may differ, so the remaining validity is sent instead of its end.
_CLAIMS = """
    SELECT 'call_claim', k.id, 1,
           CASE WHEN c.station_id <> %(station)s AND c.until > clock_timestamp()
                THEN jsonb_build_object(
                    'phone', c.phone, 'by_name', c.by_name, 'stage', c.stage,
                    'talked_at', c.talked_at,
                    'left_s', extract(epoch FROM c.until - clock_timestamp())) END,
           NULL, NULL, '', now()
    FROM {which} AS k (id) LEFT JOIN call_claim AS c ON c.id = k.id::uuid
"""

STATEMENTS: Mapping[Feed, FeedStatements] = {
    Feed.HISTORY: FeedStatements(
        some=_HISTORY.format(source="feed_history(%(station)s, %(entities)s, %(ids)s)"),
        whole=_HISTORY.format(source=f"feed_history_recent(%(station)s, {MOST_KNOWN})"),
    ),
    Feed.CITY: FeedStatements(
        some=_CITY.format(which="WHERE id = ANY(%(keys)s::uuid[])"), whole=_CITY.format(which="")
    ),
    Feed.INCIDENTS: FeedStatements(
        some=_INCIDENTS.format(which="WHERE id = ANY(%(keys)s::uuid[])"),
        whole=_INCIDENTS.format(which=f"WHERE {_RECENT}"),
    ),
    Feed.CLAIMS: FeedStatements(
        some=_CLAIMS.format(which="unnest(%(ids)s)"),
        whole=_CLAIMS.format(which="(SELECT id::text FROM call_claim)"),
    ),
    Feed.PLANNED: FeedStatements(
        some=_PLANNED.format(
            calls="id = ANY(%(keys)s::uuid[])", steps="id = ANY(%(keys)s::uuid[])"
        ),
        whole=_PLANNED.format(
            calls=f"{_RECENT} OR {_NOT_ENDED.format(call_id='c.id')}",
            steps=f"{_RECENT} OR {_NOT_ENDED.format(call_id='s.call_id')}",
        ),
    ),
    Feed.HANDLING: FeedStatements(
        some=_HANDLING.format(
            message=_MESSAGE,
            events=f"{_CHANGED} AND id = ANY(%(keys)s::uuid[])",
            posts=f"{_CHANGED} AND message_id = ANY(%(keys)s::uuid[])",
        ),
        whole=_HANDLING.format(
            message=_MESSAGE,
            events=f"{_RECENT} AND ({_OWN} OR {_OPEN})",
            posts=f"{_RECENT} AND ({_OWN} OR ({_TAKEN_IN} AND %(reviews)s))",
        ),
    ),
    Feed.DIRECTORY: _documents("entry", "attachment", "synonym", "proposal"),
    Feed.SETTINGS: _documents("setting", "template"),
}

HELD = """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text, (
        SELECT min(at) FROM feed_change WHERE feed = %(feed)s
          AND (station_id IS NULL OR station_id = %(station)s OR %(reviews)s)
          AND xid >= pg_snapshot_xmin(pg_current_snapshot()))
"""
"""Query for the transaction before which all changes are visible.

It also returns the time of the oldest change that an open transaction still blocks.
"""
