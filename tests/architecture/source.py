"""Our own source, read rather than run."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "src"
GROUPS = ("shared", "mandate", "market", "casework", "delivery", "money", "oversight")

FILES = sorted(path for path in ROOT.rglob("*.py") if "migrations" not in path.parts)


def name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def stage_files(kind: str) -> list[Path]:
    """That file, or folder of files, of every stage: src/flsf/<group>/<stage>/<kind>.py."""
    return [
        path
        for group in GROUPS
        for found in (ROOT / "flsf" / group).glob(f"*/{kind}*")
        for path in sorted([found] if found.name == f"{kind}.py" else found.glob("*.py"))
        if found.name in (kind, f"{kind}.py")
    ]
