"""`python -m tests.running.wheel`: build the wheel, install it in an empty environment, serve it, fetch a page."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tests.running.served import free_port, get, serving

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Every step, with a line for each."""
    with tempfile.TemporaryDirectory(prefix="alongside-wheel-") as made:
        folder = Path(made)
        wheel = build(folder)
        print(f"built {wheel.name}, {wheel.stat().st_size // 1024} kB")
        alongside = install(wheel, folder)
        print("installed it in an empty environment")
        serve(alongside, folder)
        print("served it: the first page and its stylesheet are there")


def build(folder: Path) -> Path:
    """The wheel; it must hold the product and nothing but the product."""
    shutil.rmtree(ROOT / "build", ignore_errors=True)  # an old build would bring files back that are gone
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = folder.glob("*.whl")
    problems = strangers(zipfile.ZipFile(wheel).namelist()) + missing(zipfile.ZipFile(wheel).namelist())
    if problems:
        sys.exit("\n".join(problems))
    return wheel


def strangers(names: list[str]) -> list[str]:
    """What does not belong into the wheel."""
    ours = re.compile(r"(alongside|pairing)/|alongside-[^/]+\.dist-info/")
    return [f"the wheel holds {name}" for name in names if not ours.match(name)]


def missing(names: list[str]) -> list[str]:
    """What the packages have and the wheel has not."""
    here = {
        str(path.relative_to(ROOT / "src"))
        for path in (ROOT / "src").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and ".egg-info" not in str(path)
    }
    return [f"the wheel lacks {name}" for name in sorted(here - set(names))]


def install(wheel: Path, folder: Path) -> Path:
    """The `alongside` command of an environment that holds the locked runtime and the wheel alone."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = folder / "venv" / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run(["sh", "-c", "uv --version"], capture_output=True, check=False).returncode == 0:
        pip = ["uv", "pip", "install", "--quiet", "--python", str(python)]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "runtime.txt")], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    return python.with_name("alongside")


def serve(alongside: Path, folder: Path) -> None:
    """Start it as an operator would, with nothing set but the port."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    environment = kept | {"PORT": str(port), "XDG_STATE_HOME": str(folder / "state")}
    early = subprocess.run(
        [alongside, "serve"], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    _expect(early.returncode != 0 and "alongside migrate" in early.stderr, f"serve did not refuse: {early.stderr}")
    subprocess.run([alongside, "migrate", "--verbosity", "0"], env=environment, cwd=folder, check=True)
    with serving([alongside], environment, folder):
        status, page = get(f"http://localhost:{port}/")
        _expect(status == 200 and "Set up my organisation" in page, f"the first page answered {status}")
        sheet = re.search(r'href="(/static/[^"]+\.css)"', page)
        _expect(sheet is not None, "the first page names no stylesheet")
        _expect(sheet is not None and get(f"http://localhost:{port}{sheet[1]}")[0] == 200, "the stylesheet is missing")


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        sys.exit(otherwise)


if __name__ == "__main__":
    main()
