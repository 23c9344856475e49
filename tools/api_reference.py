#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The API reference: a Markdown page for each public name, from the docstrings, by way of Doxygen's XML.

    tools/api_reference.py <folder>     writes the pages there
    tools/api_reference.py --check      says which public name has no docstring

Public is what modules/mica.cppm exports, and what includes of their own bring (OTHER_INCLUDES). Nothing of a namespace
`detail` is shown: neither its names nor members that have no docstring and take something of it.
"""

import functools
import html
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = 77  # what CMakeLists.txt tells ctest
HEADING = re.compile(r"^// (.+)\.$")
USING = re.compile(r"^using (mica::.+);$")
OTHER_INCLUDES = {
    "mica/asio.hpp": ["AsyncEngine", "BasicAsyncEngine", "AsyncSession", "BasicAsyncSession", "BasicAsyncQuery",
                      "AsyncOptions", "AsyncRows", "RowStream", "BasicRowStream", "QueueFull", "ResumeBy", "resume_by"],
    "mica/json.hpp": ["json"],
}
# What these give is a class that is not named, but whose functions are called.
GIVES = {"select": ["Select"], "insert_into": ["InsertInto", "InsertColumns", "Insert", "ConflictOn", "Conflict"],
         "update": ["Update"], "delete_from": ["Delete"], "union_": ["Compound"], "check": ["CheckOption"],
         "index": ["IndexOption"], "foreign_key": ["ForeignKeyOption"], "generated": ["GeneratedOption"],
         "relation": ["RelationOption"], "table": ["Mapping"], "func": ["FunctionName"]}
# Members by which the library's own parts work with each other.
OF_THE_LIBRARY = {"bind", "render", "inspect", "self", "is_nullable", "is_saying", "explicit", "start", "start_with",
                  "run_with", "run_returning", "bind_body", "render_body", "origins", "require_sound", "is_in_scope",
                  "require_own_scope", "operator Other"}
DOXYFILE = """
INPUT = {headers}
STRIP_FROM_PATH = {headers}
OUTPUT_DIRECTORY = {work}
FILE_PATTERNS = *.hpp
RECURSIVE = YES
GENERATE_HTML = NO
GENERATE_LATEX = NO
GENERATE_XML = YES
XML_PROGRAMLISTING = NO
HAVE_DOT = NO
EXTRACT_ALL = YES
MACRO_EXPANSION = YES
EXPAND_ONLY_PREDEF = YES
PREDEFINED = MICA_DECL= MICA_SEPARATE_COMPILATION MICA_COMPILATION=compilation
EXCLUDE_SYMBOLS = mica::detail mica::detail::*
AUTOLINK_SUPPORT = NO
QUIET = YES
WARNINGS = NO
"""


def public_names():
    """(heading, names) in the order of the module; names are qualified, but for `mica::`."""
    groups = []
    for line in (ROOT / "modules" / "mica.cppm").read_text(encoding="utf-8").splitlines():
        if heading := HEADING.match(line):
            groups.append((heading[1], []))
        elif (name := USING.match(line)) and groups:
            groups[-1][1].append(name[1].removeprefix("mica::"))
    groups = [(heading, [name for name in names if not name.startswith("operators::")]) for heading, names in groups]
    for include, names in OTHER_INCLUDES.items():
        groups.append((f"`#include <{include}>`", list(names)))
    return [(heading, names) for heading, names in groups if names]


def with_plain_docs(text):
    """Docstrings are prose: outside of backticks nothing in them is a command or a tag to Doxygen."""
    lines, inside = [], False
    for line in text.splitlines():
        if (found := re.match(r"(.*?///<? ?)(.*)", line)) is None:
            inside = False
            lines.append(line)
            continue
        parts = found[2].split("`")
        for i, part in enumerate(parts):
            if (i % 2 == 0) != inside:
                parts[i] = re.sub(r'([<>@\\#%&"])', r"\\\1", part)
        inside ^= len(parts) % 2 == 0
        lines.append(found[1] + "`".join(parts))
    return "\n".join(lines) + "\n"


def run_doxygen(work):
    headers = work / "headers"
    for header in (ROOT / "include").rglob("*.hpp"):
        copy = headers / header.relative_to(ROOT / "include")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(with_plain_docs(header.read_text(encoding="utf-8")), encoding="utf-8")
    (work / "Doxyfile").write_text(DOXYFILE.format(headers=headers, work=work), encoding="utf-8")
    subprocess.run(["doxygen", work / "Doxyfile"], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return work / "xml"


def plain(element):
    return "" if element is None else re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def escaped(text):
    return re.sub(r"([*_\[\]])", r"\\\1", html.escape(text, quote=False))


def markdown(element):
    """The text of a docstring's element."""
    text = escaped(element.text or "")
    for child in element:
        if child.tag == "computeroutput":
            text += f"`{plain(child)}`"
        elif child.tag == "ulink":
            text += f"[{escaped(plain(child))}]({child.get('url')})"
        elif child.tag in ("itemizedlist", "orderedlist"):
            text += "\n\n" + "".join(f"- {markdown(item).strip()}\n" for item in child) + "\n"
        elif child.tag in ("verbatim", "programlisting"):
            text += f"\n\n```cpp\n{''.join(child.itertext()).strip()}\n```\n\n"
        else:
            text += markdown(child)
        text += escaped(child.tail or "")
    return text


def documentation(element):
    paragraphs = []
    for part in ("briefdescription", "detaileddescription"):
        for para in element.findall(f"{part}/para"):
            text = markdown(para).strip()
            text = re.sub(r"(?<=[.;] )(?=Throws |Cost: )", "\n\n", text)
            text = re.sub(r"^(Throws|Cost:)", r"**\1**", text, flags=re.MULTILINE)
            paragraphs.append(text)
    return "\n\n".join(filter(None, paragraphs))


def shown_type(element):
    text = plain(element)
    if "detail::" in text:
        return re.sub(r"\S*detail::.*", "auto", text)
    return text


def template_of(element):
    parameters = element.find("templateparamlist")
    if parameters is None:
        return ""
    shown = []
    for parameter in parameters:
        default = parameter.find("defval")
        name = parameter.findtext("declname", "")
        text = f"{shown_type(parameter.find('type'))} {name}".strip()
        if default is not None and "detail::" not in plain(default):
            text += f" = {plain(default)}"
        shown.append(text)
    return f"template <{', '.join(shown)}>\n"


def tidy(text):
    text = re.sub(r"(?<=\S)  +", " ", re.sub(r"< (?=\S)", "<", text))
    text = re.sub(r"(?<=\S) >", ">", text)
    return text.replace("sqlite::MICA_COMPILATION::", "sqlite::").replace("sqlite::compilation::", "sqlite::")


def signature(member):
    """The declaration of a member, in lines that fit a page."""
    kind, name = member.get("kind"), member.findtext("name")
    head = template_of(member)
    requires = plain(member.find("requiresclause"))
    if requires and "detail::" not in requires:
        head += f"    requires {requires}\n" if head else ""
    type_ = shown_type(member.find("type"))
    if kind == "enum":
        values = ", ".join(value.findtext("name") for value in member.findall("enumvalue"))
        return f"enum class {name} {{ {values} }};"
    if kind == "typedef":
        target = plain(member.find("type"))
        return tidy(f"{head}using {name} = {'…' if 'detail::' in target else target};")
    if kind in ("variable", "friend") and not member.findtext("argsstring"):
        initializer = plain(member.find("initializer"))
        is_short = initializer and "detail::" not in initializer and len(initializer) < 40 and kind == "variable"
        return tidy(f"{head}{type_} {name}{' ' + initializer if is_short else ''};")
    if kind == "concept":
        return tidy(head + f"concept {name} = …;")
    static = "static " if member.get("static") == "yes" and "static" not in type_ else ""
    explicit = "explicit " if member.get("explicit") == "yes" and "explicit" not in type_ else ""
    arguments = re.sub(r"\s*=(default|0)$", "", member.findtext("argsstring", ""))
    line = tidy(f"{static}{explicit}{type_} {name}{arguments};".strip())
    if len(line) > 100 and "(" in line:
        begin, _, rest = line.partition("(")
        line = f"{begin}(\n        " + split_arguments(rest)
    return head + line


def split_arguments(text):
    depth, parts, last = 0, [], 0
    for i, c in enumerate(text):
        if c in "<({[":
            depth += 1
        elif c in ">)}]" and text[i - 1] != "-":
            depth -= 1
            if depth < 0:
                break
        elif c == "," and depth == 0:
            parts.append(text[last:i + 1].strip())
            last = i + 1
    return "\n        ".join([*parts, text[last:].strip()])


class Reference:
    def __init__(self, xml):
        self.xml = xml
        self.classes = {}  # qualified name without mica:: -> compounddef, of the primary template
        self.members = {}  # the same -> memberdefs
        for compound in ET.parse(xml / "index.xml").getroot().findall("compound"):
            name = re.sub(r"^mica::(compilation::|sqlite::compilation::)?",
                          lambda found: "sqlite::" if "sqlite" in found[0] else "", compound.findtext("name"))
            is_type = compound.get("kind") in ("class", "struct", "concept")
            if is_type and compound.findtext("name").startswith("mica::"):
                self.classes[name] = compound.get("refid")
            elif compound.get("kind") == "namespace" and re.match(r"mica(::\w+)?$", compound.findtext("name")):
                space = compound.findtext("name").removeprefix("mica").removeprefix("::")
                if space != "detail":
                    for member in self.load(compound.get("refid")).iter("memberdef"):
                        full = f"{space}::{member.findtext('name')}".removeprefix("::")
                        self.members.setdefault(full, []).append(member)
        self.groups = public_names()
        self.pages = {}  # name -> file
        taken = {"index"}
        for _, names in self.groups:
            for name in names:
                file = name.replace("::", "_")
                while file.lower() in taken:
                    file += "_"
                taken.add(file.lower())
                self.pages[name] = file + ".md"
        self.guides = [(path, path.read_text(encoding="utf-8")) for path in sorted((ROOT / "docs").glob("*.md"))
                       if path.name not in ("architecture.md", "errors.md")]

    def load(self, refid):
        return ET.parse(self.xml / f"{refid}.xml").getroot().find("compounddef")

    def class_of(self, name):
        """The class that a name is, or that it is an alias of a template of."""
        if name in self.classes:
            return self.load(self.classes[name])
        for member in self.members.get(name, []):
            reference = member.find("type/ref")
            if member.get("kind") == "typedef" and reference is not None and plain(reference).startswith("Basic"):
                return self.load(self.classes[plain(reference)])
        return None

    def docs_of(self, name):
        texts = [documentation(member) for member in self.members.get(name, [])]
        if name in self.classes:
            texts.append(documentation(self.load(self.classes[name])))
        elif not any(texts) and (found := self.class_of(name)) is not None:
            texts.append(documentation(found))
        return list(filter(None, texts))

    def undocumented(self):
        missing = []
        for _, names in self.groups:
            for name in names:
                if name not in self.classes and name not in self.members:
                    missing.append(f"{name}: nothing of this name is found in a header")
                elif not self.docs_of(name):
                    place = self.place(name)
                    missing.append(f"include/{place[0]}:{place[1]}: {name} has no docstring")
        return missing

    def place(self, name):
        element = self.members[name][0] if name in self.members else self.load(self.classes[name])
        location = element.find("location")
        return location.get("file"), location.get("line")

    def page(self, name):
        parts = [f"# {escaped(name)}\n"]
        own = self.class_of(name)
        alias = next((public for public in self.pages if public != name and "Basic" + public == name), None)
        if name in self.members:
            parts += self.overloads(self.members[name])
            if own is not None:
                parts.append(documentation(own))
        elif own is not None:
            parts.append(f"```cpp\n{self.class_head(own)}\n```\n")
            parts.append(documentation(own))
        if alias is not None:
            parts.append(f"[`{alias}`]({self.pages[alias]}) is this for SQLite; its page has the functions.")
        elif own is not None and own.get("kind") != "concept":
            parts += self.members_of(own, level=2)
        for given in GIVES.get(name, []):
            if given in self.classes:
                shown = self.load(self.classes[given])
                parts.append(f"## {'What it gives' if given == GIVES[name][0] else 'and then'}: `{given}`")
                parts.append(documentation(shown))
                parts += self.members_of(shown, level=3, with_fields=False)
        file = (own.find("location").get("file") if own is not None else self.place(name)[0])
        if guides := self.guides_of(name):
            parts.append(f"**In the guide:** {', '.join(guides)}")
        parts.append(f"Header: `<{file}>`")
        return "\n\n".join(filter(None, parts)) + "\n"

    def class_head(self, element):
        kind, name = element.get("kind"), element.findtext("compoundname").split("::")[-1]
        bases = [plain(base) for base in element.findall("basecompoundref") if base.get("prot") == "public"]
        bases = [base for base in bases if "detail::" not in base]
        tail = "" if kind != "concept" else " = …"
        return tidy(f"{template_of(element)}{kind} {name}{tail}{' : ' + ', '.join(bases) if bases else ''};")

    def follows(self, member, before):
        """Whether it stands right below another one, without a blank line, and so under the same docstring."""
        here, there = member.find("location"), before.find("location")
        if documentation(member) or here.get("file") != there.get("file"):
            return False
        has_body = there.get("bodyfile") == there.get("file")
        end = max(int(there.get("line")), int(there.get("bodyend") or 0) if has_body else 0)
        lines = self.lines_of(here.get("file"))[end:int(here.get("line")) - 1]
        return len(lines) < 8 and all(line.strip() for line in lines)

    @functools.cache
    def lines_of(self, file):
        return (ROOT / "include" / file).read_text(encoding="utf-8").splitlines()

    def clusters_of(self, members):
        """Lists of members that share a docstring, the first one's."""
        clusters = []
        for member in members:
            if clusters and self.follows(member, clusters[-1][-1]):
                clusters[-1].append(member)
            else:
                clusters.append([member])
        return clusters

    def overloads(self, members):
        """The declarations and the docstring of each cluster."""
        parts, seen = [], set()
        for cluster in self.clusters_of(members):
            texts = [text for text in map(signature, cluster) if text not in seen]
            seen.update(texts)
            if texts:
                parts += ["```cpp\n" + "\n".join(texts) + "\n```", documentation(cluster[0])]
                parts += self.values_of(cluster[0]) if cluster[0].get("kind") == "enum" else []
        return parts

    @staticmethod
    def values_of(enum):
        values = [(value.findtext("name"), documentation(value)) for value in enum.findall("enumvalue")]
        if not any(docs for _, docs in values):
            return []
        return ["| | |\n|---|---|\n" + "\n".join(f"| `{name}` | {docs} |" for name, docs in values)]

    def members_of(self, element, level, with_fields=True):
        """Functions by their name, with their docstrings; then fields and types as a table."""
        functions, fields = [], []
        for member in self.all_members(element):
            name = member.findtext("name")
            docs = documentation(member)
            hidden = "detail::" in plain(member.find("argsstring")) or "detail::" in plain(member.find("type"))
            arguments = member.findtext("argsstring", "")
            is_move = re.match(rf"\(({re.escape(name)}|const {re.escape(name)} &|.*&&other)", arguments)
            if name.endswith("_") or name.startswith("~") or name == "operator=" or (hidden and not docs):
                continue
            if name in OF_THE_LIBRARY or re.fullmatch(r"For [\w.]+(\(\))?\.", docs):  # of the library's own classes
                continue
            if member.get("kind") == "function" and not (is_move and not docs):
                functions.append(member)
            elif member.get("kind") in ("variable", "typedef", "enum") and (docs or element.get("kind") == "struct"):
                fields.append(member)
        parts, sections = [], {}
        if fields and with_fields:
            parts.append("| | |\n|---|---|\n" + "\n".join(self.field_row(field) for field in fields))
        for cluster in self.clusters_of(functions):
            names = dict.fromkeys(member.findtext("name") for member in cluster)
            sections.setdefault(", ".join(names), []).extend(cluster)
        for names, members in sections.items():
            parts.append(f"{'#' * level} {escaped(names)}")
            parts += self.overloads(members)
        return parts

    @staticmethod
    def field_row(field):
        text = re.sub(r"\s+", " ", signature(field)).replace("|", "\\|")
        docs = re.sub(r"\s+", " ", documentation(field)).replace("|", "\\|")
        return f"| `{text}` | {docs} |"

    def all_members(self, element, is_base=False):
        """Of the class and of its public bases, but for those of `detail`."""
        own_name = element.findtext("compoundname").split("::")[-1]
        for member in element.findall("sectiondef/memberdef"):
            is_constructor_of_base = is_base and member.findtext("name") == own_name
            if member.get("prot") == "public" and member.get("kind") != "friend" and not is_constructor_of_base:
                yield member
        for base in element.findall("basecompoundref"):
            refid = base.get("refid")
            if base.get("prot") == "public" and refid and "detail" not in refid:
                yield from self.all_members(self.load(refid), is_base=True)

    def guides_of(self, name):
        """Those pages of the guide that have the name most often in code."""
        uses = Counter()
        wanted = re.compile(rf"`(?:mica::)?{re.escape(name)}\b|\bmica::{re.escape(name)}\b|\b{re.escape(name)}<")
        for path, text in self.guides:
            if count := len(wanted.findall(text)):
                title = re.search(r"^# (.+)$", text, re.MULTILINE)[1]
                uses[f"[{title}](../{path.name})"] = count
        return [guide for guide, _ in uses.most_common(3)]

    def first_sentence(self, name):
        docs = self.docs_of(name)
        if not docs:
            return ""
        line = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", docs[0].split("\n")[0])
        return re.split(r"(?<=[.;:])\s", line)[0].rstrip(";:").replace("|", "\\|")

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        index = ["# API reference\n\nEvery public name, from the comments in the headers. All but the last groups come "
                 "with `#include <mica/mica.hpp>` and `import mica;`; names are in the namespace `mica`.\n"]
        for heading, names in self.groups:
            index.append(f"\n## {heading}\n\n| | |\n|---|---|")
            for name in names:
                (folder / self.pages[name]).write_text(self.page(name), encoding="utf-8")
                index.append(f"| [`{name}`]({self.pages[name]}) | {self.first_sentence(name)} |")
        operators = [member for name, members in self.members.items() if name.startswith("operators::")
                     for member in members]
        (folder / "operators.md").write_text(
            "# Operators\n\nOf expressions, found where an operand is one; what they make is an expression again.\n\n" +
            "\n\n".join(filter(None, self.overloads(operators))) + "\n", encoding="utf-8")
        signs = r"`+ - * / % & \| << >> ~ == != < <= > >= && \|\| !`"
        index.append(f"\n## Operators\n\n| | |\n|---|---|\n| [{signs}](operators.md) | Of expressions. |")
        (folder / "index.md").write_text("\n".join(index) + "\n", encoding="utf-8")
        return len(self.pages)


def read_headers():
    with tempfile.TemporaryDirectory() as work:
        # Everything that is needed later is read while the folder is there.
        yield Reference(run_doxygen(Path(work)))


def main(argument):
    if shutil.which("doxygen") is None:
        print("Skipped: Doxygen is not there")
        return SKIPPED
    for reference in read_headers():
        if missing := reference.undocumented():
            print("\n".join(missing))
            return 1
        if argument != "--check":
            print(f"{reference.write(Path(argument))} names")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["--check"]))
