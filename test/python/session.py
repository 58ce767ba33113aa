"""What every scenario needs: waiting for replies, running a cell, listening to what it publishes."""

import time

PATIENCE = 60  # seconds


def replies_of(client, message_ids):
    """Waits for the replies to all of these messages, in whichever order they come."""
    replies = {}
    while len(replies) < len(message_ids):
        reply = client.get_shell_msg(timeout=PATIENCE)
        if reply["parent_header"].get("msg_id") in message_ids:
            replies[reply["parent_header"]["msg_id"]] = reply["content"]
    return [replies[each] for each in message_ids]


def run(client, code, **options):
    """Runs code. Returns the content of its reply, and of what it published all but the status and the echo."""
    published = []

    def note(message):
        if message["msg_type"] not in ("status", "execute_input"):
            published.append({"type": message["msg_type"], **message["content"]})

    options.setdefault("allow_stdin", False)
    reply = client.execute_interactive(code, output_hook=note, timeout=PATIENCE, **options)
    return reply["content"], published


def value_of(client, code, **options):
    """Runs code and returns the text of its result, or the error's name."""
    reply, published = run(client, code, **options)
    values = [message["data"]["text/plain"] for message in published if message["type"] == "execute_result"]
    return values[0] if values else reply.get("ename", reply["status"])


def published_under(client, message_id, is_last):
    """All that is published under a message, until `is_last` says so of one."""
    found = []
    while not found or not is_last(found[-1]):
        message = client.get_iopub_msg(timeout=PATIENCE)
        if message["parent_header"].get("msg_id") == message_id:
            found.append({"type": message["msg_type"], **message["content"]})
    return found


def is_idle(message):
    return message.get("execution_state") == "idle"


def until_idle(client, message_id):
    return [message for message in published_under(client, message_id, is_idle) if message["type"] != "status"]


def until_printed(client, message_id):
    """Waits until the cell has printed something: it is under way."""
    return published_under(client, message_id, lambda message: message["type"] == "stream")


def ask(client, name, *parameters, **options):
    """The content of the reply to a request, such as `ask(client, "history", hist_access_type="tail", n=1)`."""
    return replies_of(client, [getattr(client, name)(*parameters, **options)])[0]


def ask_on_control(client, message_type, content):
    message = client.session.msg(message_type, content)
    client.control_channel.send(message)
    while True:
        reply = client.get_control_msg(timeout=PATIENCE)
        if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
            return reply["content"]


def until(is_so):
    """Whether it comes to be so in time."""
    deadline = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.05)
    return is_so()
