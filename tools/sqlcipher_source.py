# SPDX-License-Identifier: BSL-1.0
"""SQLCipher's source, in build/sqlcipher_source, from a package of the Python index that carries it."""

import tarfile
from pathlib import Path

import virtual_environment

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "tests" / "sqlcipher" / "requirements.txt"
PACKAGE, VERSION = "sqlcipher3==0.6.4", "4.19.0"  # of SQLCipher, with SQLite 3.53.4


def fetch(folder=ROOT / "build" / "sqlcipher_source"):
    """The folder with sqlite3.c and sqlite3.h. Throws NotReached."""
    found = list(folder.glob("*/vendor/sqlite3.c"))
    if not found:
        # Not the one with Conan: the package would use that to build OpenSSL, only to say what it is.
        pip = virtual_environment.make(ROOT / "build" / "venv_for_sources", REQUIREMENTS) / "bin" / "pip"
        folder.mkdir(parents=True, exist_ok=True)
        virtual_environment.command(pip, "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                                    "--no-build-isolation", "--no-binary", ":all:", "--dest", folder, PACKAGE)
        with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
            archive.extractall(folder)
        found = list(folder.glob("*/vendor/sqlite3.c"))
    return found[0].parent
