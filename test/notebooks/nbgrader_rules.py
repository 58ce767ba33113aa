"""What nbgrader 0.9 does with a course folder, as its documentation tells it, without nbgrader.

    python nbgrader_rules.py COURSE ASSIGNMENT

Makes COURSE/release from COURSE/source, then grades each COURSE/submitted/STUDENT: clears the outputs, puts the locked cells
back, runs all cells in the real kernel, reads the points off the outputs, and writes a page. Prints JSON: the release, and for
each student the points of each cell, or what nbgrader would refuse.
"""

import copy
import hashlib
import json
import os
import re
import sys
from pathlib import Path

import nbformat
from jsonschema import validate
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from traitlets import Dict, Integer, Unicode
from traitlets.config import Configurable, PyFileConfigLoader

# Schema 3: the keys that a cell may have, and which it must have.
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema_version", "grade", "locked", "solution"],
    "properties": {
        "schema_version": {"const": 3},
        **{key: {"type": "boolean"} for key in ("grade", "locked", "solution", "task")},
        "grade_id": {"type": "string", "pattern": "^[a-zA-Z0-9_-]+$"},
        "points": {"type": "number", "minimum": 0},
        "cell_type": {"enum": ["code", "markdown", "raw"]},
        "checksum": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
    },
}


# Named as nbgrader's own classes are, so that its configuration speaks to them.
class ClearSolutions(Configurable):
    code_stub = Dict({"python": "# YOUR CODE HERE\nraise NotImplementedError()"}, config=True)
    text_stub = Unicode("YOUR ANSWER HERE", config=True)


class Execute(Configurable):
    timeout = Integer(30, config=True)


def of(cell, key):
    return cell.metadata.get("nbgrader", {}).get(key, False)


def is_locked(cell):
    """Tests are locked whatever they say, and solutions never are."""
    return not of(cell, "solution") and (of(cell, "grade") or of(cell, "locked"))


def is_known(cell):
    return of(cell, "grade") or of(cell, "solution") or is_locked(cell)


def checksum(cell):
    told = [cell.source, cell.cell_type, of(cell, "grade"), of(cell, "solution"), is_locked(cell), of(cell, "grade_id")]
    if of(cell, "grade"):
        told.append(float(of(cell, "points")))
    return hashlib.md5("".join(str(part) for part in told).encode()).hexdigest()


def check(notebook):
    """What nbgrader refuses: metadata against its schema, an id twice, text that gives points and is nobody's."""
    nbformat.validate(notebook)
    seen = set()
    for cell in notebook.cells:
        if "nbgrader" not in cell.metadata:
            continue
        told = cell.metadata.nbgrader
        validate(dict(told), SCHEMA)
        if not is_known(cell):
            continue
        if told.grade_id in seen:
            raise ValueError(f"two cells are called {told.grade_id}")
        seen.add(told.grade_id)
        if told.grade and "points" not in told:
            raise ValueError(f"{told.grade_id} gives points and has none")
        if cell.cell_type == "markdown" and told.grade != told.solution:
            raise ValueError(f"{told.grade_id} is text: it has to be both a solution and graded, or neither")


def without(source, what, stub=None):
    """The source without the regions of that kind, and whether there was one. A stub takes the indent of its region."""
    kept, inside, found = [], False, False
    for line in source.split("\n"):
        if f"BEGIN {what}" in line:
            if inside:
                raise ValueError(f"a region in a region: {line}")
            inside = found = True
            indent = re.match(r"\s*", line).group()
            kept += [] if stub is None else [indent + text for text in stub.split("\n")]
        elif f"END {what}" in line:
            inside = False
        elif not inside:
            kept.append(line)
    if inside:
        raise ValueError(f"there is no END {what}")
    return "\n".join(kept), found


def clear_outputs(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def set_checksums(notebook):
    for cell in notebook.cells:
        if is_known(cell):
            cell.metadata.nbgrader.update(checksum=checksum(cell), cell_type=cell.cell_type)


def generate(source, config):
    """The students' version, and what the gradebook keeps: the cells as they are before the hidden tests go."""
    notebook = copy.deepcopy(source)
    stubs = ClearSolutions(config=config)
    language = notebook.metadata.kernelspec.language
    for cell in notebook.cells:
        if cell.cell_type == "code" and "AUTOTEST" in cell.source:
            raise ValueError("AUTOTEST means something else to nbgrader")
        if is_known(cell):
            cell.metadata.deletable = False
        if is_locked(cell):
            cell.metadata.editable = False
        stub = stubs.code_stub[language] if cell.cell_type == "code" else stubs.text_stub
        cell.source, found = without(cell.source, "SOLUTION", stub)
        if found and not of(cell, "solution"):
            raise ValueError(f"a solution stands in a cell that is none: {cell.source}")
        if of(cell, "solution") and not found:
            cell.source = stub
    clear_outputs(notebook)
    check(notebook)
    set_checksums(notebook)
    kept = copy.deepcopy(notebook)
    for cell in notebook.cells:
        cell.source, found = without(cell.source, "HIDDEN TESTS")
        if found and not of(cell, "grade"):
            raise ValueError(f"hidden tests stand in a cell that gives no points: {cell.source}")
    set_checksums(notebook)
    check(notebook)
    return notebook, kept


def restore(notebook, kept):
    clear_outputs(notebook)
    seen = set()
    for cell in reversed(notebook.cells):  # of two cells with one id the last one counts
        if is_known(cell) and of(cell, "grade_id") in seen:
            cell.metadata.nbgrader = {}
        seen.add(of(cell, "grade_id"))
    notebook.metadata.kernelspec = kept.metadata.kernelspec
    originals = {of(cell, "grade_id"): cell for cell in kept.cells if is_known(cell)}
    for cell in notebook.cells:
        original = originals.get(of(cell, "grade_id"))
        if original is None:
            continue
        for key in ("locked", "points"):
            if key in original.metadata.nbgrader:
                cell.metadata.nbgrader[key] = original.metadata.nbgrader[key]
        cell.metadata.nbgrader.checksum = original.metadata.nbgrader.checksum
        if is_locked(original):
            cell.source = original.source
            assert checksum(cell) == cell.metadata.nbgrader.checksum
    check(notebook)


def points(cell):
    """None: a person is to say."""
    most = float(of(cell, "points"))
    if of(cell, "solution"):
        return 0 if of(cell, "checksum") == checksum(cell) else None
    for output in cell.outputs:
        if output.output_type == "error":
            return 0
        if output.output_type == "execute_result":
            try:
                given = float(output.data["text/plain"])
            except ValueError:
                return most
            if given > most:
                raise ValueError(f"{given} points of {most}")
            return given if given > 0 else most
    return most


def grade(notebook, kept, config, folder):
    restore(notebook, kept)
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    client = NotebookClient(
        notebook,
        timeout=Execute(config=config).timeout,
        interrupt_on_timeout=True,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    check(notebook)
    return {of(cell, "grade_id"): points(cell) for cell in notebook.cells if of(cell, "grade")}


def main(course, assignment):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    name = f"{assignment}.ipynb"

    def read(*parts):
        return nbformat.read(course.joinpath(*parts, assignment, name), as_version=4)

    def write(text, *parts, ending=".ipynb"):
        file = course.joinpath(*parts, assignment, assignment + ending)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    release, kept = generate(read("source"), config)
    write(nbformat.writes(release), "release")
    grades = {}
    for folder in sorted((course / "submitted").iterdir()):
        try:
            notebook = read("submitted", folder.name)
            grades[folder.name] = grade(notebook, kept, config, folder / assignment)
            write(nbformat.writes(notebook), "autograded", folder.name)
            write(HTMLExporter().from_notebook_node(notebook)[0], "feedback", folder.name, ending=".html")
        except Exception as error:
            grades[folder.name] = f"{type(error).__name__}: {error}"
    print(json.dumps(grades))


main(Path(sys.argv[1]), sys.argv[2])
