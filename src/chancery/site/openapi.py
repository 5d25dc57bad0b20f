"""The OpenAPI 3.1 document of the API, made from its operations, the kinds of act and the columns of the views."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import msgspec

from chancery.acts import KINDS, record_schema
from chancery.site.operations import OPERATIONS, TEXTS, VIEW, Operation
from chancery.site.problems import MEDIA
from chancery.views import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chancery.site.parameters import Parameter, Schema
    from chancery.views import Column

BASE = "/api/v1"
"""What stands before the address of every operation."""

OPENAPI = "3.1.1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

CELLS: Mapping[str, Schema] = {
    "ref": {"type": ["string", "null"]},
    "refs": {"type": ["array", "null"], "items": {"type": "string"}},
    "code": {"type": ["string", "null"]},
    "date": {"type": ["string", "null"]},
    "number": {"type": ["integer", "string", "null"]},
    "flag": {"type": ["boolean", "null"]},
    "text": {"type": ["string", "null"]},
    "texts": {"type": ["array", "null"]},
    "words": {"type": ["object", "string", "null"]},
    "phrase": {"type": ["string", "null"]},
    "money": {"type": ["object", "array", "string", "null"]},
    "record": {"type": ["object", "array", "null"]},
}
"""The schema of a cell, by how it is read."""

PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


@cache
def document() -> Schema:
    """The whole document."""
    return {
        "openapi": OPENAPI,
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": "Chancery",
            "version": version("chancery"),
            "summary": "The public register of an international board, of any day, read only.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": BASE}],
        "paths": {operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
        "components": {"schemas": _schemas(), "responses": {"problem": _problem_answer()}},
    }


@cache
def document_bytes() -> bytes:
    """The document as it is sent."""
    return msgspec.json.format(msgspec.json.encode(document()), indent=1)


def _operation(operation: Operation) -> Schema:
    answer = {"description": operation.about, "content": {"application/json": {"schema": operation.answer}}}
    refusals = {"400": "a parameter is at fault", **({"404": "there is none"} if operation.within else {})}
    return {
        "operationId": operation.name,
        "summary": operation.about,
        "parameters": [
            *(_parameter(each, "path") for each in operation.within),
            *(_parameter(each, "query") for each in operation.asked),
        ],
        "responses": {"200": answer, **{code: {"$ref": "#/components/responses/problem"} for code in refusals}},
    }


def _parameter(parameter: Parameter, place: str) -> Schema:
    return {
        "name": parameter.name,
        "in": place,
        "required": place == "path",
        "description": parameter.about,
        "schema": parameter.schema,
    }


def _problem_answer() -> Schema:
    said = {"schema": {"$ref": "#/components/schemas/problem"}}
    return {"description": "A problem document (RFC 9457)", "content": {MEDIA: said}}


def _schemas() -> Schema:
    """The schemas of entries by kind, of sources, of each view's rows."""
    kinds = {name: _moved(schema) for name, schema in record_schema()["$defs"].items() if name != "act"}
    known = {
        "oneOf": [{"$ref": f"#/components/schemas/{kind}"} for kind in KINDS],
        "discriminator": {"propertyName": "kind"},
    }
    return {
        **kinds,
        "entry": known,
        "problem": PROBLEM,
        **{f"view.{name}": _view(columns) for name, columns in COLUMNS.items()},
    }


def _view(columns: Sequence[Column]) -> Schema:
    cells = {each.key: {"description": each.about, **CELLS[each.sort]} for each in columns}
    row = {
        "type": "object",
        "required": [*cells, "agreement", "entries"],
        "properties": {
            **cells,
            "agreement": {"enum": ["agreed", "contested", "denied"]},
            "entries": TEXTS,
        },
    }
    return {**VIEW, "properties": {**VIEW["properties"], "rows": {"type": "array", "items": row}}}


def _moved(schema: Any) -> Any:  # noqa: ANN401  # any JSON
    """A schema whose references point into the document's components."""
    if isinstance(schema, dict):
        return {key: _moved(each) for key, each in schema.items()}
    if isinstance(schema, list):
        return [_moved(each) for each in schema]
    if isinstance(schema, str) and schema.startswith("#/$defs/"):
        return schema.replace("#/$defs/", "#/components/schemas/", 1)
    return schema
