"""Cells: what they print, show, ask and answer, and how they end."""

import time

from session import ask, is_idle, published_under, replies_of, run, until_idle, until_printed, value_of


def error_reply(client):
    return run(client, 'throw new TypeError("no")')[0]


def queue(client):
    ids = [client.execute(code) for code in ('throw new Error("first")', "1", "2")]
    statuses = [reply["status"] for reply in replies_of(client, ids)]
    return {"statuses": statuses, "right_after": value_of(client, "40 + 2")}


def queue_that_goes_on(client):
    ids = [client.execute("throw 1", stop_on_error=False), client.execute("1")]
    return [reply["status"] for reply in replies_of(client, ids)]


def lines(client):
    """100,000 lines of one loop: how many came, and whether they came in order and in few messages."""
    reply, published = run(client, 'for (let i = 0; i < 100_000; i++) console.log("line", i);')
    text = "".join(message["text"] for message in published)
    expected = "".join(f"line {i}\n" for i in range(100_000))
    return {"status": reply["status"], "whole": text == expected, "batches": len(published) < 1000}


def silent(client):
    reply, published = run(client, "console.log(1); let quiet = 5; quiet", silent=True)
    return {"reply": reply["status"], "published": published, "kept": value_of(client, "quiet")}


def counts(client):
    """How the number of the cell moves: a cell of the history, one that is none, a silent one, another cell."""
    numbers = [
        run(client, "1")[0],
        run(client, "2", store_history=False)[0],
        run(client, "3", silent=True)[0],
        run(client, "4")[0],
    ]
    return [number["execution_count"] - numbers[0]["execution_count"] for number in numbers]


def expressions(client):
    reply, _ = run(client, "const w = 28;", user_expressions={"area": "w * w", "wrong": "w.foo"})
    return {name: (value["status"], value.get("data")) for name, value in reply["user_expressions"].items()}


def input_answered(client):
    asked = []

    def answer(message):
        asked.append(message["content"])
        client.input("Ada")

    value = value_of(client, 'input("Name? ") + prompt("Town? ")', allow_stdin=True, stdin_hook=answer)
    return {"asked": asked, "value": value}


def input_refused(client):
    return run(client, 'input("Name? ")', allow_stdin=False)[0]["evalue"]


def displays(client):
    _, published = run(
        client,
        'display("1", { id: "d" }); display("2", { id: "d", update: true });'
        "clearOutput(); clearOutput({ wait: true });",
    )
    return published


def interrupt(manager, client, code):
    """Interrupts a cell when it has printed; what its reply says, and whether variables are kept."""
    value_of(client, "let kept = 7;")
    running = client.execute(f'kept = 8; console.log("on"); {code}')
    until_printed(client, running)
    manager.interrupt_kernel()
    [reply] = replies_of(client, [running])
    return {"ename": reply.get("ename"), "kept": value_of(client, "kept")}


def while_busy(manager, client):
    """Completion, inspection and heartbeat while a cell computes."""
    run(client, "const digits = [3, 1, 4];")
    running = client.execute('console.log("on"); while (true);')
    until_printed(client, running)
    client.hb_channel.unpause()
    found = {
        "matches": ask(client, "complete", "digits.toSor")["matches"],
        "inspected": ask(client, "inspect", "digits")["found"],
    }
    time.sleep(2 * client.hb_channel.time_to_dead)  # without an answer it would count as dead by then
    found["beating"] = client.hb_channel.is_beating()
    manager.interrupt_kernel()
    replies_of(client, [running])
    return found


def late_output(client):
    """Output that comes when its cell has ended: of which cell it is."""
    code = 'setTimeout(() => console.log("late"), 200);'
    first = client.execute(code)
    until_idle(client, first)
    second = client.execute('console.log("other")')
    until_idle(client, second)
    return published_under(client, first, lambda message: message["type"] == "stream" or is_idle(message))[-1]["text"]
