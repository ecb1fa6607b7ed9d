"""The API described for programs (OpenAPI 3.0), out of the same words it is read by."""

from collections.abc import Mapping, Sequence
from typing import Any

from flsf.market.feed.enums import Kind
from flsf.web.public.open_data.parameters import (
    FULL,
    NARROWING,
    NEARNESS,
    PAGING,
    SEARCH,
    Parameter,
)

LISTS: Mapping[Kind, Sequence[Parameter]] = {
    Kind.SERVICE: (*PAGING, *NARROWING),
    Kind.ORGANIZATION: (*PAGING, SEARCH, FULL),
    Kind.SERVICE_AT_LOCATION: (*PAGING, *NARROWING, *NEARNESS),
    Kind.TAXONOMY: PAGING,
    Kind.TAXONOMY_TERM: PAGING,
}
SCHEMAS = {
    Kind.SERVICE: "Service",
    Kind.ORGANIZATION: "Organization",
    Kind.SERVICE_AT_LOCATION: "ServiceAtLocation",
    Kind.TAXONOMY: "Taxonomy",
    Kind.TAXONOMY_TERM: "TaxonomyTerm",
}
TEXT = {"type": "string"}
UUID = {"type": "string", "format": "uuid"}
ADDRESS = {"type": "string", "format": "uri"}
WHOLE = {"type": "integer", "minimum": 0}
YES_OR_NO = {"type": "boolean"}
STATUSES = ["active", "inactive", "defunct", "temporarily closed"]


def document(server: str) -> dict[str, Any]:
    """The whole description; `server` is the address the API is found at."""
    paths: dict[str, Any] = {"/": {"get": _about()}, "/openapi.json": {"get": _description()}}
    for kind, parameters in LISTS.items():
        paths[f"/{kind}"] = {"get": _list(kind, parameters)}
        paths[f"/{kind}/{{id}}"] = {"get": _record(kind)}
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Local Offer, Open Referral UK",
            "version": "3.0",
            "description": "Every service the council lists for families, in HSDS-UK 3.0. "
            "Read-only, for anyone, without a key. Times are in UTC.",
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _about() -> dict[str, Any]:
    said = {"version": TEXT, "profile": ADDRESS, "openapi_url": ADDRESS}
    return {
        "operationId": "about",
        "summary": "What this API is.",
        "responses": {"200": _json("What this API is.", _object(said, list(said)))},
    }


def _description() -> dict[str, Any]:
    return {
        "operationId": "description",
        "summary": "This description.",
        "responses": {"200": _json("This description.", {"type": "object"})},
    }


def _first_of(kind: Kind) -> dict[str, Any]:
    """That a list's identifiers lead to its records."""
    leads = {"operationId": f"get_{kind}", "parameters": {"id": "$response.body#/contents/0/id"}}
    return {"links": {"record": leads}}


def _list(kind: Kind, parameters: Sequence[Parameter]) -> dict[str, Any]:
    contents = {"type": "array", "items": {"$ref": f"#/components/schemas/{SCHEMAS[kind]}"}}
    page = {
        "allOf": [
            {"$ref": "#/components/schemas/Page"},
            _object({"contents": contents}, ["contents"]),
        ]
    }
    return {
        "operationId": f"list_{kind}",
        "summary": f"{kind.label}, a page at a time.",
        "parameters": [
            {
                "name": one.name,
                "in": "query",
                "required": False,
                "description": one.says,
                "schema": dict(one.schema),
            }
            for one in parameters
        ],
        "responses": {
            "200": _json("A page of the list.", page) | _first_of(kind),
            "304": {"description": "The reader has this version."},
            "400": _json("What cannot be asked so.", {"$ref": "#/components/schemas/Refusal"}),
        },
    }


def _record(kind: Kind) -> dict[str, Any]:
    return {
        "operationId": f"get_{kind}",
        "summary": f"{kind.label}: one, with everything about it.",
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": UUID}],
        "responses": {
            "200": _json("The record.", {"$ref": f"#/components/schemas/{SCHEMAS[kind]}"}),
            "304": {"description": "The reader has this version."},
            "404": _json("There is none.", {"$ref": "#/components/schemas/Refusal"}),
        },
    }


def _json(says: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": says, "content": {"application/json": {"schema": schema}}}


def _object(properties: Mapping[str, Any], required: Sequence[str]) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": dict(properties)}


def _schemas() -> dict[str, Any]:
    error = _object(
        {"parameter": TEXT, "value": TEXT, "reason": TEXT}, ["parameter", "value", "reason"]
    )
    return {
        "Page": _page(),
        "Refusal": _object(
            {"status": WHOLE, "title": TEXT, "errors": {"type": "array", "items": error}},
            ["status", "title", "errors"],
        ),
        "Service": _service(),
        "Organization": _organization(),
        "ServiceAtLocation": _object(
            {
                "id": UUID,
                "service_id": UUID,
                "location_id": UUID,
                "location": _location(),
                "service": {"$ref": "#/components/schemas/Service"},
            },
            ["id", "service_id", "location_id", "location", "service"],
        ),
        "Taxonomy": _object(
            {
                "id": UUID,
                "name": TEXT,
                "description": TEXT,
                "version": TEXT,
                "taxonomy_terms": _many("TaxonomyTerm"),
            },
            ["id", "name", "description"],
        ),
        "TaxonomyTerm": _object(
            {
                "id": UUID,
                "name": TEXT,
                "description": TEXT,
                "taxonomy": TEXT,
                "taxonomy_id": UUID,
                "term": TEXT,
                "term_uri": ADDRESS,
            },
            ["id", "name", "description", "taxonomy", "term"],
        ),
    }


def _many(schema: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}}


def _page() -> dict[str, Any]:
    return _object(
        {
            "total_items": WHOLE,
            "total_pages": {"type": "integer", "minimum": 1},
            "page_number": {"type": "integer", "minimum": 1},
            "size": WHOLE,
            "first_page": YES_OR_NO,
            "last_page": YES_OR_NO,
            "empty": YES_OR_NO,
        },
        [
            *("total_items", "total_pages", "page_number", "size"),
            *("first_page", "last_page", "empty"),
        ],
    )


def _service() -> dict[str, Any]:
    attribute = _object(
        {"id": UUID, "taxonomy_term": {"$ref": "#/components/schemas/TaxonomyTerm"}}, ["id"]
    )
    schedule = _object(
        {
            "id": UUID,
            "freq": {"type": "string", "enum": ["WEEKLY"]},
            "byday": TEXT,
            "description": TEXT,
        },
        ["id", "freq", "byday"],
    )
    area = _object({"id": UUID, "name": TEXT, "service_area": TEXT}, ["id"])
    there = _object({"id": UUID, "location": _location()}, ["id", "location"])
    return _object(
        {
            "id": UUID,
            "organization_id": UUID,
            "name": TEXT,
            "description": TEXT,
            "url": ADDRESS,
            "email": {"type": "string", "format": "email"},
            "status": {"type": "string", "enum": STATUSES},
            "alert": TEXT,
            "fees": TEXT,
            "minimum_age": WHOLE,
            "maximum_age": WHOLE,
            "assured_date": {"type": "string", "format": "date"},
            "last_modified": {"type": "string", "format": "date-time"},
            "organization": {"$ref": "#/components/schemas/Organization"},
            "schedules": {"type": "array", "items": schedule},
            "service_areas": {"type": "array", "items": area},
            "service_at_locations": {"type": "array", "items": there},
            "attributes": {"type": "array", "items": attribute},
        },
        ["id", "name", "status"],
    )


def _organization() -> dict[str, Any]:
    number = _object(
        {"id": UUID, "identifier_scheme": TEXT, "identifier_type": TEXT, "identifier": TEXT},
        ["id", "identifier_type", "identifier"],
    )
    return _object(
        {
            "id": UUID,
            "name": TEXT,
            "description": TEXT,
            "email": {"type": "string", "format": "email"},
            "website": ADDRESS,
            "uri": ADDRESS,
            "organization_identifiers": {"type": "array", "items": number},
            "services": _many("Service"),
        },
        ["id", "name", "description"],
    )


def _location() -> dict[str, Any]:
    address = _object({"id": UUID, "address_1": TEXT, "postal_code": TEXT}, ["id", "postal_code"])
    return _object(
        {
            "id": UUID,
            "location_type": {"type": "string", "enum": ["physical", "virtual"]},
            "name": TEXT,
            "latitude": {"type": "number", "minimum": 49, "maximum": 62},
            "longitude": {"type": "number", "minimum": -10, "maximum": 3},
            "addresses": {"type": "array", "items": address},
            "accessibility": {"type": "array", "items": _object({"id": UUID}, ["id"])},
        },
        ["id", "location_type"],
    )
