"""A contract of import-linter for single modules of an outside package, and for names of modules.

import-linter sees an outside package as one module: PySide6 and PySide6.QtWidgets are the same
to it. It has no pattern for a part of a name, such as ``*_view``. This contract reads the import
statements themselves.
"""

import ast
import importlib.util
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class SubmoduleContract(Contract):
    """Only ``allowed_importers`` under ``source_modules`` import any of ``outside_modules``.

    Only direct imports count; a package includes all its modules. Names of allowed importers may be
    patterns: ``*`` matches one part of a name, or a piece of it.
    """

    type_name = "submodule"

    source_modules = fields.ListField(subfield=fields.StringField())
    outside_modules = fields.ListField(subfield=fields.StringField())
    allowed_importers = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Broken with ``imports``, a list of (importer, line, imported)."""
        sources: list[str] = list(self.source_modules)  # type: ignore[call-overload]
        outside: list[str] = list(self.outside_modules)  # type: ignore[call-overload]
        allowed: list[str] = list(self.allowed_importers)  # type: ignore[call-overload]
        self._check_names(graph, [*sources, *allowed])
        found = [
            (importer, line, imported)
            for importer in sorted(_importers(graph, outside))
            if _is_in(importer, sources) and not _is_in(importer, allowed)
            for line, imported in _imports_of(importer)
            if _is_in(imported, outside)
        ]
        return ContractCheck(kept=not found, metadata={"imports": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line per import, in the format of the other contracts."""
        for importer, line, imported in check.metadata["imports"]:
            output.print_error(f"- {importer} -> {imported} (l.{line})", bold=False)

    @staticmethod
    def _check_names(graph: ImportGraph, names: list[str]) -> None:
        """Rejects unknown module names: otherwise a renamed module would disable the rule
        silently.
        """
        for name in names:
            if not any(_matches(module, name) for module in graph.modules):
                raise ValueError(f"Module {name!r} does not exist.")


def _importers(graph: ImportGraph, outside: list[str]) -> set[str]:
    """Modules that import one of these, or another part of the same external package."""
    roots = {name.split(".")[0] for name in outside}
    wanted = [module for module in graph.modules if module in roots or _is_in(module, outside)]
    importers: set[str] = set()
    for module in wanted:
        importers |= graph.find_modules_that_directly_import(module)
    return importers


def _imports_of(module: str) -> Iterator[tuple[int, str]]:
    """Line and full name of every import in the module, at any nesting depth."""
    for node in ast.walk(ast.parse(_file_of(module).read_bytes())):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module is not None:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def _file_of(module: str) -> Path:
    """Source file of a first-party module, found without importing it."""
    root, *rest = module.split(".")
    spec = importlib.util.find_spec(root)
    if spec is None or spec.origin is None:
        raise ValueError(f"Package {root!r} does not exist.")
    path = Path(spec.origin).parent.joinpath(*rest)
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _is_in(name: str, packages: list[str]) -> bool:
    return any(_matches(name, package) or _is_below(name, package) for package in packages)


def _matches(name: str, pattern: str) -> bool:
    parts, wanted = name.split("."), pattern.split(".")
    return len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))


def _is_below(name: str, package: str) -> bool:
    return name.startswith(f"{package}.")
