"""Every stage has the same shape, keeps its tables to itself, and writes in one place."""

import ast
import re

import pytest

from tests.architecture.source import FILES, functions, imports, name, stage_files, tree

SHAPE = ("enums", "rules", "models", "queries", "actions")
STAGE_MODELS = re.compile(r"(flsf\.\w+\.\w+)\.models(\.|$)")
WRITES = {
    "save",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "update",
    "delete",
}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_models_are_imported_by_their_own_stage_only(path):
    group, _, module = name(path).rpartition(".")
    stages = {found[1] for imported in imports(path) if (found := STAGE_MODELS.match(imported))}
    # A part of a stage may be a folder of files. A group's collector shows Django the tables of
    # its own stages.
    own = {
        one
        for one in stages
        if group == one
        or group.startswith(f"{one}.")
        or (module == "models" and one.startswith(group))
    }
    assert stages == own


STAGES = sorted(
    {path.parent for path in stage_files("__init__") if path.parent.name != "migrations"}
)


@pytest.mark.parametrize("stage", STAGES, ids=lambda path: path.name)
def test_a_stage_holds_only_what_its_shape_allows(stage):
    allowed = {*SHAPE, "__init__", "__pycache__"}
    assert {path.name.removesuffix(".py") for path in stage.iterdir()} <= allowed


@pytest.mark.parametrize("path", stage_files("actions"), ids=name)
def test_actions_are_keyword_only_and_told_who_and_when(path):
    for action in functions(path):
        if action.name.startswith("_"):
            continue
        assert action.args.args == [], action.name
        assert {"by", "at"} <= {one.arg for one in action.args.kwonlyargs}, action.name
        assert ast.get_docstring(action), action.name


@pytest.mark.parametrize(
    "path", [path for path in stage_files("actions") if "audit" not in path.parts], ids=name
)
def test_actions_are_atomic(path):
    for action in functions(path):
        wrappers = {ast.unparse(one) for one in action.decorator_list}
        assert action.name.startswith("_") or "transaction.atomic" in wrappers, action.name


def writes(call: ast.Call) -> bool:
    """Whether a call looks like a write.

    `update` is one only on a query, not on a dict; `save` only of a row, which takes no argument
    by its place, and not of a document, which takes the stream to save into.
    """
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
        return False
    if call.func.attr == "save" and call.args:
        return False
    asked_of = ast.unparse(call.func.value)
    return call.func.attr != "update" or "(" in asked_of or asked_of.endswith("objects")


def is_of_actions(path):
    """Whether it is a stage's actions, be that a file or a folder of files."""
    return path.stem == "actions" or path.parent.name == "actions"


@pytest.mark.parametrize("path", [path for path in FILES if not is_of_actions(path)], ids=name)
def test_only_actions_write(path):
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    assert [ast.unparse(call) for call in calls if writes(call)] == []


@pytest.mark.parametrize("path", stage_files("models"), ids=name)
def test_every_root_table_says_who_sees_it(path):
    if any(isinstance(node, ast.ClassDef) for node in tree(path).body):
        assert "visible_to" in {function.name for function in functions(path)}
