"""Runs the notebook that the first argument names as Jupyter's own converter and nbgrader do, and prints it."""

import sys

import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
folder = {"metadata": {"path": sys.argv[2]}}
NotebookClient(notebook, timeout=300, resources=folder).execute()
nbformat.validate(notebook)
print(nbformat.writes(notebook))
