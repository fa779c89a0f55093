"""The house holds: imports run one way, files stay small, the reader does no I/O."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parent.parent / "src" / "marsad"
STAGES: tuple[tuple[str, ...], ...] = (
    ("scales", "errors", "codebooks", "__init__"),
    ("records", "periods", "verdicts"), ("text", "panel"), ("read",), ("link", "collect", "store"),
    ("watch", "forecast", "score", "whatif"), ("formats",), ("brief",), ("serve", "run", "pipeline", "cli"),
)  # fmt: skip
RANK = {name: level for level, names in enumerate(STAGES) for name in names}
FILES = sorted(SRC.rglob("*.py"))


def stage(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> set[str]:
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    return {n.split(".")[1] if n.count(".") else "__init__" for n in names if n.split(".")[0] == "marsad"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SRC)))
def test_imports_run_one_way(path: Path) -> None:
    here = stage(path)
    if here == "__init__":
        return  # the public names come from every stage
    for other in imported(ast.parse(path.read_text(encoding="utf-8"))) - {here}:
        assert RANK[other] < RANK[here] or {here, other} <= set(STAGES[-1]) or other == "__init__", f"{here} imports {other}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SRC)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") < 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, f"{node.name} is too long"


@pytest.mark.parametrize(
    "path", [p for p in FILES if stage(p) in ("text", "read", "link", "watch", "forecast", "score")], ids=lambda p: p.stem
)
def test_pure_stages_open_nothing(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert not called & {"open", "print", "input"}
    assert not {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names} & {
        "requests",
        "urllib",
        "socket",
        "subprocess",
    }
