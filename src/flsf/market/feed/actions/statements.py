"""The records, made in the database out of its own tables.

`feed_made` is what the feed ought to say. A statement for each kind fills it; the last ones
make the published records say the same and touch no row that does already.
"""

GATHER = """
CREATE TEMPORARY TABLE feed_standing (
    service_id bigint PRIMARY KEY, status text, alert text, fees text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE feed_degrees (site_id bigint, longitude float8, latitude float8)
    ON COMMIT DROP;
CREATE TEMPORARY TABLE feed_term (
    place integer, family text, code text, bit integer, id uuid, taxonomy_id uuid, term json,
    brief json
) ON COMMIT DROP;
CREATE TEMPORARY TABLE feed_made (
    uuid uuid, kind text, about text, listing text, body text,
    lowest_age integer, highest_age integer, half_days_mask integer, term_uuids uuid[],
    organization_uuid uuid, easting integer, northing integer, words tsvector
) ON COMMIT DROP;
"""

# An organisation is published while it has a service that is. Its numbers are on public
# registers; a sole trader's e-mail address is their own, so it stays on their page.
ORGANIZATIONS = """
CREATE TEMPORARY TABLE feed_organization ON COMMIT DROP AS
SELECT p.id AS provider_id, p.ref, u.id, p.name,
    json_strip_nulls(json_build_object(
        'id', u.id, 'name', p.name, 'description', d.words, 'email', d.email,
        'website', nullif(p.website, ''), 'uri', d.page
    )) AS listing,
    json_strip_nulls(json_build_object(
        'id', u.id, 'name', p.name, 'description', d.words, 'email', d.email,
        'website', nullif(p.website, ''), 'uri', d.page,
        'organization_identifiers', n.numbers
    )) AS nested
FROM market_provider p
CROSS JOIN LATERAL (SELECT market_feed_uuid('organization/' || p.ref) AS id) u
CROSS JOIN LATERAL (
    SELECT coalesce(nullif(p.about, ''), p.name) AS words,
        CASE WHEN p.kind <> 'sole_trader' THEN nullif(p.email, '') END AS email,
        %(address)s || '/directory/providers/' || p.slug || '/' AS page
) d
CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object(
        'id', market_feed_uuid('identifier/' || p.ref || '/' || scheme),
        'organization_id', u.id, 'identifier_scheme', scheme,
        'identifier_type', type, 'identifier', number
    ) ORDER BY scheme) AS numbers
    FROM (VALUES
        ('GB-COH', 'Company number', p.company_number),
        ('GB-CHC', 'Charity number', p.charity_number),
        ('GB-EDU', 'Unique reference number of a school', p.urn::text)
    ) AS known (scheme, type, number)
    WHERE number <> ''
) n
WHERE p.id IN (
    SELECT s.provider_id FROM market_service s JOIN feed_standing w ON w.service_id = s.id
);
"""

LOCATIONS = """
CREATE TEMPORARY TABLE feed_location ON COMMIT DROP AS
SELECT t.id AS site_id, u.id, t.easting, t.northing,
    json_strip_nulls(json_build_object(
        'id', u.id, 'location_type', 'physical', 'name', t.name,
        'latitude', g.latitude, 'longitude', g.longitude
    )) AS listing,
    json_strip_nulls(json_build_object(
        'id', u.id, 'location_type', 'physical', 'name', t.name,
        'latitude', g.latitude, 'longitude', g.longitude,
        'addresses', json_build_array(json_build_object(
            'id', market_feed_uuid('address/' || u.name), 'location_id', u.id,
            'address_1', t.name, 'city', '', 'state_province', '',
            'postal_code', t.postcode, 'country', 'GB', 'address_type', 'physical'
        )),
        'accessibility', a.features
    )) AS nested
FROM market_site t
JOIN market_provider p ON p.id = t.provider_id
LEFT JOIN feed_degrees g ON g.site_id = t.id
CROSS JOIN LATERAL (
    SELECT name, market_feed_uuid('location/' || name) AS id
    FROM (SELECT p.ref || '/' || t.postcode || '/' || t.name AS name) named
) u
JOIN (
    SELECT s.site_id, bit_or(s.access_mask) AS mask
    FROM market_service s JOIN feed_standing w ON w.service_id = s.id
    GROUP BY s.site_id
) m ON m.site_id = t.id
CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object(
        'id', market_feed_uuid('accessibility/' || u.name || '/' || f.code),
        'location_id', u.id, 'description', f.term ->> 'name'
    ) ORDER BY f.place) AS features
    FROM feed_term f
    WHERE f.family = 'access' AND m.mask & f.bit <> 0
        AND f.code IN ('step_free', 'quiet_space', 'hearing_loop', 'accessible_toilet')
) a;
"""

# Each service once, with the pieces that its records are put together from.
SERVICES = """
CREATE TEMPORARY TABLE feed_service ON COMMIT DROP AS
SELECT s.id AS service_id, s.ref, u.id, s.lowest_age, s.highest_age, o.id AS organization_id,
    coalesce(l.id, v.id) AS location_id, l.easting, l.northing,
    coalesce(l.listing, v.listing) AS location_listing,
    coalesce(l.nested, v.listing) AS location_nested,
    market_feed_uuid('service_at_location/' || s.ref) AS at_location_id,
    coalesce(c.mask, 0) AS half_days_mask, a.ids AS term_uuids,
    to_tsvector('english', concat_ws(' ', s.name, o.name, d.words, a.names)) AS words,
    json_strip_nulls(json_build_object(
        'id', u.id, 'organization_id', o.id, 'name', s.name, 'description', d.words,
        'url', %(address)s || '/directory/services/' || s.slug || '/',
        'email', o.listing ->> 'email', 'status', w.status, 'fees', nullif(w.fees, ''),
        'minimum_age', s.lowest_age, 'maximum_age', s.highest_age,
        'assured_date', s.confirmed_on, 'alert', nullif(w.alert, '')
    ))::text AS said,
    json_build_object('organization', o.listing)::text AS brief,
    json_build_object(
        'organization', o.nested,
        'service_areas', json_build_array(json_build_object(
            'id', market_feed_uuid('area/' || s.ref), 'service_id', u.id,
            'name', %(council)s, 'service_area', %(council)s
        )),
        'schedules', coalesce(c.schedules, '[]'), 'attributes', coalesce(a.attributes, '[]')
    )::text AS more
FROM feed_standing w
JOIN market_service s ON s.id = w.service_id
JOIN mandate_lot k ON k.id = s.lot_id
JOIN feed_organization o ON o.provider_id = s.provider_id
LEFT JOIN feed_location l ON l.site_id = s.site_id
CROSS JOIN LATERAL (SELECT market_feed_uuid('service/' || s.ref) AS id) u
LEFT JOIN LATERAL (
    SELECT market_feed_uuid('location/online') AS id, json_build_object(
        'id', market_feed_uuid('location/online'), 'location_type', 'virtual', 'name', 'Online'
    ) AS listing
) v ON s.mode = 'online'
CROSS JOIN LATERAL (
    SELECT concat_ws(E'\\n\\n', coalesce(nullif(s.what_it_is, ''), s.name),
        'How to get it: ' || nullif(s.how_to_get_it, ''),
        'What to expect: ' || nullif(s.what_to_expect, '')) AS words
) d
CROSS JOIN LATERAL (
    SELECT bit_or(mask) AS mask, json_agg(json_build_object(
        'id', market_feed_uuid('schedule/' || s.ref || '/' || half), 'service_id', u.id,
        'freq', 'WEEKLY', 'interval', 1, 'byday', days,
        'description', CASE half WHEN 0 THEN 'Mornings' ELSE 'Afternoons' END || ' in term time'
    ) ORDER BY half) AS schedules
    FROM (
        SELECT half_day %% 2 AS half, bit_or(1 << half_day) AS mask,
            string_agg(('{MO,TU,WE,TH,FR}'::text[])[half_day / 2 + 1], ',' ORDER BY half_day)
                AS days
        FROM market_capacity WHERE service_id = s.id AND places > 0
        GROUP BY half_day %% 2
    ) halves
) c
CROSS JOIN LATERAL (
    SELECT array_agg(t.id ORDER BY t.place) AS ids,
        string_agg(t.term ->> 'name', ' ') AS names,
        json_agg(json_build_object(
            'id', market_feed_uuid('attribute/' || s.ref || '/' || t.id::text),
            'taxonomy_term', t.brief
        ) ORDER BY t.place) AS attributes
    FROM feed_term t
    WHERE CASE t.family
        WHEN 'need' THEN s.needs_mask & t.bit <> 0
        WHEN 'access' THEN s.access_mask & t.bit <> 0
        WHEN 'kind' THEN t.code = k.code
        ELSE t.code = s.mode
    END
) a;
"""

# Two objects are one when the end of the first and the beginning of the second are left out.
MAKE = """
INSERT INTO feed_made
SELECT id, 'services', 'service/' || ref,
    left(said, -1) || ', ' || substr(brief, 2),
    replace(left(said, -1) || ', ' || left(substr(more, 2), -1) || ', ' || substr(
        json_build_object('service_at_locations', CASE WHEN location_id IS NULL THEN '[]'::json
            ELSE json_build_array(json_build_object('id', at_location_id, 'service_id', id,
                'location_id', location_id, 'location', location_nested)) END)::text, 2
    ), E'\\n', ''),
    lowest_age, highest_age, half_days_mask, term_uuids, organization_id, easting, northing, words
FROM feed_service;

INSERT INTO feed_made
SELECT at_location_id, 'service_at_locations', 'service_at_location/' || ref,
    json_build_object('id', at_location_id, 'service_id', id, 'location_id', location_id,
        'location', location_listing,
        'service', (left(said, -1) || ', ' || substr(brief, 2))::json)::text,
    replace(json_build_object('id', at_location_id, 'service_id', id,
        'location_id', location_id, 'location', location_nested,
        'service', (left(said, -1) || ', ' || substr(more, 2))::json)::text, E'\\n', ''),
    lowest_age, highest_age, half_days_mask, term_uuids, organization_id, easting, northing, words
FROM feed_service WHERE location_id IS NOT NULL;

INSERT INTO feed_made (uuid, kind, about, listing, body, term_uuids, words)
SELECT o.id, 'organizations', 'organization/' || o.ref, o.listing::text,
    replace(left(o.nested::text, -1) || ', ' || substr(
        json_build_object('services', s.services)::text, 2), E'\\n', ''), '{}',
    to_tsvector('english', concat_ws(' ', o.name, o.listing ->> 'description'))
FROM feed_organization o
JOIN (
    SELECT organization_id, json_agg(json_strip_nulls(json_build_object(
        'id', id, 'organization_id', organization_id, 'name', said::json -> 'name',
        'description', said::json -> 'description', 'url', said::json -> 'url',
        'status', said::json -> 'status', 'alert', said::json -> 'alert'
    )) ORDER BY id) AS services
    FROM feed_service GROUP BY organization_id
) s ON s.organization_id = o.id;

INSERT INTO feed_made (uuid, kind, about, listing, body, term_uuids)
SELECT id, 'taxonomy_terms', 'term/' || family || '/' || code, term::text, term::text,
    ARRAY[taxonomy_id]
FROM feed_term;

ANALYZE feed_made;
"""

# A service says when it changed; the other kinds have no such field in the standard.
STAMPED = """CASE m.kind WHEN 'services'
    THEN '{{"last_modified" : "' || %(stamp)s || '", ' || substr(m.{0}, 2) ELSE m.{0} END"""

CHANGED = """
UPDATE market_record r SET
    about = m.about, listing = STAMPED_LISTING, body = STAMPED_BODY,
    fingerprint = f.print, is_withdrawn = false, modified_at = %(at)s,
    lowest_age = m.lowest_age, highest_age = m.highest_age,
    half_days_mask = coalesce(m.half_days_mask, 0), term_uuids = m.term_uuids,
    organization_uuid = m.organization_uuid, easting = m.easting, northing = m.northing,
    words = m.words
FROM feed_made m
CROSS JOIN LATERAL (
    SELECT encode(sha256(convert_to(m.listing || m.body, 'UTF8')), 'hex') AS print
) f
WHERE r.uuid = m.uuid AND r.fingerprint <> f.print;
""".replace("STAMPED_LISTING", STAMPED.format("listing")).replace(
    "STAMPED_BODY", STAMPED.format("body")
)

NEW = """
INSERT INTO market_record (
    uuid, kind, about, listing, body, fingerprint, is_withdrawn, modified_at, lowest_age,
    highest_age, half_days_mask, term_uuids, organization_uuid, easting, northing, words
)
SELECT m.uuid, m.kind, m.about, STAMPED_LISTING, STAMPED_BODY,
    encode(sha256(convert_to(m.listing || m.body, 'UTF8')), 'hex'), false, %(at)s, m.lowest_age,
    m.highest_age, coalesce(m.half_days_mask, 0), m.term_uuids, m.organization_uuid, m.easting,
    m.northing, m.words
FROM feed_made m
WHERE NOT EXISTS (SELECT FROM market_record r WHERE r.uuid = m.uuid);
""".replace("STAMPED_LISTING", STAMPED.format("listing")).replace(
    "STAMPED_BODY", STAMPED.format("body")
)

# What is left of a service that is no longer published: that it is not, and since when.
WITHDRAWN = """
UPDATE market_record r SET listing = w.words, body = w.words, fingerprint = '',
    is_withdrawn = true, modified_at = %(at)s, lowest_age = NULL, highest_age = NULL,
    half_days_mask = 0, term_uuids = '{}', organization_uuid = NULL, easting = NULL,
    northing = NULL, words = NULL
FROM (
    SELECT uuid, json_build_object(
        'last_modified', %(stamp)s, 'id', uuid, 'name', listing::json ->> 'name',
        'status', 'inactive'
    )::text AS words FROM market_record WHERE kind = 'services'
) w
WHERE r.uuid = w.uuid AND NOT r.is_withdrawn AND r.kind = 'services'
    AND NOT EXISTS (SELECT FROM feed_made m WHERE m.uuid = r.uuid);
"""

GONE = """
DELETE FROM market_record r
WHERE r.kind <> 'services' AND NOT EXISTS (SELECT FROM feed_made m WHERE m.uuid = r.uuid);
"""

TIDY = """
DROP TABLE feed_standing, feed_degrees, feed_term, feed_made, feed_organization, feed_location,
    feed_service;
"""
