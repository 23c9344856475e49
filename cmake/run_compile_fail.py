#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""All cases of one file of tests/compile_fail, with one compiler.

The arguments are the command that runs RunCompileFail.cmake for one case, but for its FAULT, up to `-P` and the file.

Reading <mica/mica.hpp>, precompiled or not, is what a case takes; so all faults of the file are compiled at once first. What
that says of a fault, as the compiler's notes name its lines, must be one error, its sentence, in few lines. A fault of
which it says anything else, or less, is compiled alone and judged by RunCompileFail.cmake, as the accepted twins are: two
faults in one program can share an instantiation, of which the compiler complains once.
"""

import os
import re
import subprocess
import sys

CASE = re.compile(r"^// error: ([^\n]+)\n#if[^\n]* FAULT_(\w+)", re.MULTILINE)
ERROR = re.compile(r": (fatal )?error: |static assertion failed")
# Before a further error g++ does not repeat by which includes it came there.
SPARED_LINES = 6
MAX_LINES = 25


class Fault:
    def __init__(self, name, sentence, first_line, last_line):
        self.name, self.sentence = name, re.compile(sentence)
        self.first_line, self.last_line = first_line, last_line
        self.groups = []

    def is_told_by(self, line):
        return self.first_line <= line <= self.last_line

    def is_proven(self):
        if len(self.groups) != 1:
            return False
        [lines] = self.groups
        errors = [line for line in lines if ERROR.search(line)]
        return len(errors) == 1 and self.sentence.search(errors[0]) and len(lines) + SPARED_LINES <= MAX_LINES


def faults_of(text):
    """Each reaches from its sentence to the next one's."""
    cases = list(CASE.finditer(text))
    lines = [text.count("\n", 0, case.start()) + 1 for case in cases] + [text.count("\n") + 2]
    return [Fault(case.group(2), case.group(1), lines[i], lines[i + 1] - 1) for i, case in enumerate(cases)]


def groups_of(output):
    """The lines about each error: with g++ where it came from stands before it, with clang behind."""
    groups, has_error = [[]], False
    for line in output.splitlines():
        is_error = bool(ERROR.search(line))
        is_lead = re.match(r"In file included from|\s+from ", line) or re.search(
            r": (In |At global scope)|:   (recursively )?required |:   in .constexpr. expansion", line)
        if has_error and (is_error or is_lead and "note:" not in line):
            groups.append([])
            has_error = False
        has_error = has_error or is_error
        groups[-1].append(line)
    return groups


def tell(faults, source, output):
    """Gives each fault the groups that name its lines, and its own alone. False where a group names no fault."""
    place = re.compile(re.escape(os.path.basename(source)) + r":(\d+):")
    is_clear = True
    for group in groups_of(output):
        if not any(ERROR.search(line) for line in group):
            continue  # "3 errors generated."
        numbers = [int(number) for line in group for number in place.findall(line)]
        told = [fault for fault in faults if any(fault.is_told_by(number) for number in numbers)]
        is_clear = is_clear and bool(told)
        for fault in told:
            fault.groups.append(group if len(told) == 1 else [])
    return is_clear


def main(command):
    options = dict(argument[2:].split("=", 1) for argument in command if argument.startswith("-D"))
    source = options["SOURCE"]
    with open(source, encoding="utf-8") as file:
        faults = faults_of(file.read())
    compile_all = [options["COMPILER"], "-std=c++20", "-fdiagnostics-color=never", "-fsyntax-only", "-DFAULT",
                   *(f"-I{folder}" for folder in options["INCLUDES"].split(";") if folder not in ("", "/usr/include")),
                   *(f"-DFAULT_{fault.name}" for fault in faults)]
    if "clang" in os.path.basename(options["COMPILER"]):
        compile_all.append("-ferror-limit=0")
    if options.get("PRECOMPILED"):
        compile_all += ["-include", options["PRECOMPILED"]]
    done = subprocess.run([*compile_all, source], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          env=os.environ | {"LC_ALL": "C"})
    is_clear = tell(faults, source, done.stdout + done.stderr)
    alone = [fault.name for fault in faults if not is_clear or not fault.is_proven()]

    failed = 0
    for name in [None, *alone]:
        place = command.index("-P")
        fault = [f"-DFAULT={name}"] if name else []
        judged = subprocess.run([*command[:place], *fault, *command[place:]], stdin=subprocess.DEVNULL,
                                capture_output=True, text=True)
        if judged.returncode != 0:
            failed += 1
            print(f"{name or 'accepted'}:\n{judged.stdout}{judged.stderr}")
    print(f"{len(faults)} faults, {len(alone)} of them compiled alone; {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
