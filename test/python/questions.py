"""Requests beside execution, and comms."""

import json
import os

import zmq
from session import ask, ask_on_control, run, until_idle, value_of


def kernel_info(client):
    info = ask(client, "kernel_info")
    names = ("status", "protocol_version", "implementation", "help_links", "supported_features", "debugger", "banner")
    language = {name: info["language_info"][name] for name in ("name", "mimetype", "file_extension")}
    return {**{name: info[name] for name in names}, "language": language}


def complete(client):
    content = ask(client, "complete", '"a".startsW', 11)
    return {name: content[name] for name in ("matches", "cursor_start", "cursor_end")}


def complete_behind_astral(client):
    code = '"😀😀".startsW'
    content = ask(client, "complete", code, len(code))
    return {name: content[name] for name in ("matches", "cursor_start", "cursor_end")}


def inspect(client):
    brief, full = (ask(client, "inspect", "progress", 3, detail_level=level) for level in (0, 1))
    nothing = ask(client, "inspect", "   ", 1)
    texts = [answer["data"]["text/plain"] for answer in (brief, full)]
    return {"texts": texts, "nothing": nothing}


def is_complete(client):
    return [ask(client, "is_complete", code) for code in ("1 + 1", "function f() {", "let let = ;)")]


def history(client):
    for code in ("'first'", "'second'", "'third'"):
        run(client, code)
    [[_, line, _]] = ask(client, "history", hist_access_type="tail", n=1)["history"]
    return {
        "tail": ask(client, "history", hist_access_type="tail", n=2)["history"],
        "range": ask(client, "history", hist_access_type="range", session=0, start=line - 2, stop=line)["history"],
        "search": ask(client, "history", hist_access_type="search", pattern="'f?rst'")["history"],
        "line": line,
    }


def _send(client, message_type, content):
    message = client.session.msg(message_type, content)
    client.shell_channel.send(message)
    return until_idle(client, message["header"]["msg_id"])


def comms(client):
    """A comm to nobody is closed; one to a target that a cell has registered brings messages both ways."""
    unknown = _send(client, "comm_open", {"comm_id": "n", "target_name": "nobody", "data": {}})
    run(client, 'Jupyter.comms.register("echo", (comm) => comm.onMessage((data) => comm.send({ back: data.n })));')
    _send(client, "comm_open", {"comm_id": "e", "target_name": "echo", "data": {}})
    open_ones = ask(client, "comm_info", target_name="echo")["comms"]
    echo = _send(client, "comm_msg", {"comm_id": "e", "data": {"n": 3}})
    _send(client, "comm_close", {"comm_id": "e", "data": {}})
    return {
        "unknown": unknown,
        "open": open_ones,
        "echo": echo,
        "left": ask(client, "comm_info")["comms"],
    }


def debugger(client):
    return ask_on_control(client, "debug_request", {"seq": 4, "type": "request", "command": "attach"})


def welcome(manager, client):
    """What a new subscriber is told, and the topic that it comes under."""
    with zmq.Context() as context, context.socket(zmq.SUB) as socket:
        socket.connect(f"tcp://{manager.ip}:{manager.iopub_port}")
        socket.subscribe(b"")
        session = client.session.clone()  # all subscribers get it, and a session takes no message twice
        message = {"msg_type": "none"}
        while message["msg_type"] != "iopub_welcome" and socket.poll(10_000) != 0:
            topics, frames = session.feed_identities(socket.recv_multipart())
            message = session.deserialize(frames)
    return {"topics": [topic.decode() for topic in topics], "type": message["msg_type"], **message["content"]}


def connection_file(manager):
    """Who may read the file with the key, and where the sockets are."""
    with open(manager.connection_file) as file:
        fields = json.load(file)
    return {"mode": oct(os.stat(manager.connection_file).st_mode & 0o777), "ip": fields["ip"]}


def unsigned(manager, client):
    """A cell that is signed with another key: what it has changed."""
    with zmq.Context() as context, context.socket(zmq.DEALER) as socket:
        socket.connect(f"tcp://{manager.ip}:{manager.shell_port}")
        forger = client.session.clone()
        forger.key = b"another key"
        forger.send(socket, "execute_request", {"code": "(globalThis as any).forged = 1", "silent": False})
        answered = socket.poll(500) != 0
        socket.linger = 0
    return {"answered": answered, "forged": value_of(client, '"forged" in globalThis')}
