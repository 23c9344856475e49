#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What only the Python index has, in build/venv: of the versions in tools/requirements.txt.

Run, it makes that folder or brings it up to date; make(), imported, does the same and says where it is.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "venv"
REQUIREMENTS = ROOT / "tools" / "requirements.txt"


class NotReached(Exception):
    """The Python index did not give what is required, or Python cannot make a virtual environment."""


def command(*arguments):
    done = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise NotReached(f"{' '.join(map(str, arguments))}:\n{(done.stdout + done.stderr).strip()}")


def make(folder=FOLDER, requirements=REQUIREMENTS):
    """The folder, with everything in it. Throws NotReached; two that make it at the same time wait for each other."""
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    stamp = folder / "requirements.sha256"
    folder.parent.mkdir(exist_ok=True)
    with open(folder.parent / f"{folder.name}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
            return folder
        shutil.rmtree(folder, ignore_errors=True)
        command(sys.executable, "-m", "venv", folder)
        command(folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1",
                "--timeout", "30", "--requirement", requirements)
        stamp.write_text(wanted, encoding="utf-8")
    return folder


if __name__ == "__main__":
    try:
        print(make())
    except NotReached as reason:
        sys.exit(f"no virtual environment: {reason}")
