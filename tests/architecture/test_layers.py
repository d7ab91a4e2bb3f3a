"""import-linter reads its contracts from pyproject.toml; here they meet a house where each is broken."""

import subprocess
import sys
from pathlib import Path

from django.apps import apps

from tests.architecture import house

BROKEN = {
    "people/forms.py": "from alongside.matching import terms\n",
    "foundation/clock/time.py": "from alongside.foundation import ui\n",
    "goals/rules.py": "from alongside.goals import actions\n",
    "utils/__init__.py": "",
    "foundation/common/__init__.py": "",
    "goals/queries.py": "from pairing import flow\n",
}
ENGINE = "from alongside.goals import rules\n"
SAID = [
    "alongside.people.forms -> alongside.matching.terms",
    "alongside.foundation.clock.time -> alongside.foundation.ui",
    "alongside.goals.rules -> alongside.goals.actions",
    "alongside.goals.queries -> pairing.flow",
    "pairing.flow -> alongside.goals.rules",
    "- alongside.utils",
    "- alongside.foundation.common",
]


def _build(folder: Path) -> None:
    """A house with every package of the contracts, and the engine beside it, empty but for the breaches."""
    (folder / "pairing").mkdir()
    (folder / "pairing" / "__init__.py").touch()
    (folder / "pairing" / "flow.py").write_text(ENGINE)
    packages = [name.replace(".", "/") for name in house.ranks()]
    for package in ["", "foundation", *packages]:
        place = folder / "alongside" / package
        place.mkdir(parents=True, exist_ok=True)
        (place / "__init__.py").touch()
    for name in ("matching/terms.py", "goals/actions.py"):
        (folder / "alongside" / name).touch()
    for name, text in BROKEN.items():
        place = folder / "alongside" / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(text)
    text = (house.ROOT / "pyproject.toml").read_text("utf-8")
    # The one exception names modules that this house does not have.
    text = text.replace("ignore_imports = [", "unmatched_ignore_imports_alerting = 'none'\nignore_imports = [")
    (folder / "pyproject.toml").write_text(text)


def test_the_contracts_catch_every_planted_import(tmp_path):
    _build(tmp_path)
    command = [Path(sys.executable).with_name("lint-imports"), "--config", tmp_path / "pyproject.toml", "--no-cache"]
    answer = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode != 0, answer.stderr
    assert [said for said in SAID if said not in answer.stdout] == []


def test_every_package_is_an_installed_app_or_holds_no_models():
    installed = {
        house.package_of(config.name) for config in apps.get_app_configs() if config.name.startswith("alongside.")
    }
    written = {house.package_of_path(str(path.relative_to(house.OURS))) for path in house.OURS.rglob("apps.py")}
    assert written - installed == set()
    modelled = {house.package_of_path(str(path.relative_to(house.OURS))) for path in house.OURS.rglob("models.py")}
    assert modelled - installed == set()


def test_what_nobody_may_import_is_protected_as_soon_as_it_exists():
    protected = {
        module
        for contract in house.contracts().values()
        if contract["type"] == "protected"
        for module in contract["protected_modules"]
    }
    for path, module in ((house.OURS / "safeguarding", "alongside.safeguarding"), (house.SRC / "pairing", "pairing")):
        assert not path.exists() or module in protected, f"{module} needs a protected contract in pyproject.toml"
