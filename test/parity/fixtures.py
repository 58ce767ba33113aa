"""Writes cases as a JSON file beside this script, tensors as nested lists."""

import json
import pathlib

HERE = pathlib.Path(__file__).parent


def write(name, cases, **versions):
    """versions: what computed the cases, such as torch="2.13.0"."""
    text = json.dumps({**versions, "cases": cases}, default=lambda value: value.tolist())
    (HERE / f"{name}.json").write_text(text + "\n")
