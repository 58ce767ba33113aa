"""Drives the kernel with Jupyter's own clients and prints what came back, as one JSON object.

The tests beside this file start it with the Python of the .venv and judge what it prints.
"""

import json
import sys

import cells
import nbformat
import questions
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from session import PATIENCE, ask_on_control, until, value_of

KERNEL = "unroll"


def run_notebook(*sources, **options):
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, kernel_name=KERNEL, timeout=PATIENCE, **options).execute()
    nbformat.validate(notebook)
    return [{"count": cell.execution_count, "outputs": cell.outputs} for cell in notebook.cells]


def notebook_with_outputs():
    return run_notebook(
        "const squares: number[] = [1, 2, 3].map((x) => x * x);",
        'console.log("to stdout"); console.error("to stderr"); squares',
        'await new Promise((resolve) => setTimeout(resolve, 10));\ndisplay("shown");',
    )


def notebook_with_error():
    return run_notebook('throw new RangeError("seven is too much");', "1 + 1", allow_errors=True)


def restart(manager, client):
    value_of(client, "let before = 1;")
    manager.restart_kernel()
    client.wait_for_ready(timeout=PATIENCE)
    return {"before": value_of(client, "typeof (globalThis as any).before"), "works": value_of(client, "2 + 3")}


def shut_down(manager, client):
    reply = ask_on_control(client, "shutdown_request", {"restart": True})
    return {"reply": reply, "ended": until(lambda: not manager.is_alive())}


def main():
    manager, client = start_new_kernel(kernel_name=KERNEL, startup_timeout=PATIENCE)
    client.allow_stdin = False
    try:
        results = {
            "notebook": notebook_with_outputs(),
            "notebook_error": notebook_with_error(),
            "kernel_info": questions.kernel_info(client),
            "error_reply": cells.error_reply(client),
            "queue": cells.queue(client),
            "queue_that_goes_on": cells.queue_that_goes_on(client),
            "lines": cells.lines(client),
            "late_output": cells.late_output(client),
            "silent": cells.silent(client),
            "counts": cells.counts(client),
            "expressions": cells.expressions(client),
            "input_answered": cells.input_answered(client),
            "input_refused": cells.input_refused(client),
            "displays": cells.displays(client),
            "complete": questions.complete(client),
            "complete_behind_astral": questions.complete_behind_astral(client),
            "inspect": questions.inspect(client),
            "is_complete": questions.is_complete(client),
            "history": questions.history(client),
            "comms": questions.comms(client),
            "debugger": questions.debugger(client),
            "welcome": questions.welcome(manager, client),
            "connection_file": questions.connection_file(manager),
            "unsigned": questions.unsigned(manager, client),
            "interrupt_loop": cells.interrupt(manager, client, "while (true);"),
            "interrupt_await": cells.interrupt(manager, client, "await new Promise(() => {});"),
            "interrupt_flood": cells.interrupt(manager, client, 'while (true) console.log("x");'),
            "while_busy": cells.while_busy(manager, client),
            "restart": restart(manager, client),
            "end": shut_down(manager, client),
        }
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    json.dump(results, sys.stdout)


main()
