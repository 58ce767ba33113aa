"""Drives the kernel with Jupyter's own clients and prints what came back, as one JSON object.

The tests beside this file start it with the Python of the .venv and judge what it prints.
"""

import json
import sys
import time

import nbformat
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

KERNEL = "unroll"
PATIENCE = 60  # seconds


def run_notebook(*sources, **options):
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, kernel_name=KERNEL, timeout=PATIENCE, **options).execute()
    nbformat.validate(notebook)
    return [{"count": cell.execution_count, "outputs": cell.outputs} for cell in notebook.cells]


def notebook_with_outputs():
    return run_notebook(
        "const squares: number[] = [1, 2, 3].map((x) => x * x);",
        'console.log("to stdout"); console.error("to stderr"); squares',
        'await new Promise((resolve) => setTimeout(resolve, 10));\n(globalThis as any)[Symbol.for("unroll.host")].show({ "text/plain": "shown" });',
    )


def notebook_with_error():
    return run_notebook('throw new RangeError("seven is too much");', "1 + 1", allow_errors=True)


def replies_of(client, message_ids):
    """Waits for the replies to all of these messages, in whichever order they come."""
    replies = {}
    while len(replies) < len(message_ids):
        reply = client.get_shell_msg(timeout=PATIENCE)
        if reply["parent_header"].get("msg_id") in message_ids:
            replies[reply["parent_header"]["msg_id"]] = reply["content"]
    return [replies[each] for each in message_ids]


def value_of(client, code):
    """Runs code and returns the text of its result, or the error's name."""
    values = []

    def note(message):
        if message["msg_type"] == "execute_result":
            values.append(message["content"]["data"]["text/plain"])

    reply = client.execute_interactive(code, output_hook=note, timeout=PATIENCE)["content"]
    return values[0] if values else reply.get("ename", reply["status"])


def error_reply(client):
    return replies_of(client, [client.execute('throw new TypeError("no")')])[0]


def queued_after_an_error(client):
    ids = [client.execute(code) for code in ('throw new Error("first")', "1", "2")]
    statuses = [reply["status"] for reply in replies_of(client, ids)]
    return {"statuses": statuses, "right_after": value_of(client, "40 + 2")}


def until_busy(client, message_id):
    while True:
        message = client.get_iopub_msg(timeout=PATIENCE)
        if message["parent_header"].get("msg_id") == message_id and message["msg_type"] == "execute_input":
            return


def interrupt(manager, client):
    value_of(client, "let kept = 7;")
    endless = client.execute("while (true) { kept = 8; }")
    until_busy(client, endless)
    time.sleep(0.3)
    manager.interrupt_kernel()
    [reply] = replies_of(client, [endless])
    return {"status": reply["status"], "kept": value_of(client, "kept")}


def restart(manager, client):
    value_of(client, "let before = 1;")
    manager.restart_kernel()
    client.wait_for_ready(timeout=PATIENCE)
    return {"before": value_of(client, "typeof (globalThis as any).before"), "works": value_of(client, "2 + 3")}


def complete(client):
    content = client.complete('"a".startsW', 11, reply=True, timeout=PATIENCE)["content"]
    return {key: content[key] for key in ("matches", "cursor_start", "cursor_end")}


def shut_down(manager, client):
    client.shutdown()
    deadline = time.monotonic() + PATIENCE
    while manager.is_alive() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not manager.is_alive()


def main():
    results = {"notebook": notebook_with_outputs(), "notebook_error": notebook_with_error()}
    manager, client = start_new_kernel(kernel_name=KERNEL, startup_timeout=PATIENCE)
    try:
        results["error_reply"] = error_reply(client)
        results["queue"] = queued_after_an_error(client)
        results["complete"] = complete(client)
        results["interrupt"] = interrupt(manager, client)
        results["restart"] = restart(manager, client)
        results["ended"] = shut_down(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    json.dump(results, sys.stdout)


main()
