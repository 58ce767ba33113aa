"""PyTorch as a player: answers each line of JSON that it reads with one. See player.ts and serve.ts."""

import json
import sys
import time

import torch
from torch import nn

THREADS = 2
WARM, MEASURABLE = 0.5, 0.001  # seconds
LAYERS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
CELLS = {"rnn": nn.RNNCell, "lstm": nn.LSTMCell, "gru": nn.GRUCell}


def training(work):
    T, B, I, H, outputs = (work[key] for key in ("T", "B", "I", "H", "outputs"))
    tokens = work["reads"] == "tokens"
    layer, readout = LAYERS[work["cell"]](I, H), nn.Linear(H, outputs)
    parts = [layer, readout]
    if tokens:
        embedding = nn.Embedding(outputs, I)
        parts.append(embedding)
        x, targets = torch.randint(outputs, (T, B)), torch.randint(outputs, (T * B,))
    else:
        x, targets = torch.randn(T, B, I), torch.randint(outputs, (B,))
    optimizer = torch.optim.Adam([weight for part in parts for weight in part.parameters()])

    def step():
        optimizer.zero_grad()
        y, _ = layer(embedding(x) if tokens else x)
        logits = readout(y.reshape(T * B, H) if tokens else y[-1])
        loss = nn.functional.cross_entropy(logits, targets)
        loss.backward()
        optimizer.step()
        return loss.item()

    return [step]


def generating(work):
    """One step by nn.LSTM and its like, and by nn.LSTMCell and its like."""
    kind, I, H, outputs = work["cell"], work["I"], work["H"], work["outputs"]
    embedding, readout = nn.Embedding(outputs, I), nn.Linear(H, outputs)
    layer, cell = LAYERS[kind](I, H), CELLS[kind](I, H)
    states = {"layer": None, "cell": None}
    ids = torch.tensor([7])

    @torch.no_grad()
    def by_layer():
        y, states["layer"] = layer(embedding(ids).unsqueeze(0), states["layer"])
        return readout(y[0])

    @torch.no_grad()
    def by_cell():
        states["cell"] = cell(embedding(ids), states["cell"])
        return readout(states["cell"][0] if kind == "lstm" else states["cell"])

    return [by_layer, by_cell]


def product(work):
    a, b, c = (torch.randn(work["H"], work["H"]) for _ in range(3))
    return [lambda: torch.mm(a, b, out=c)]


def repeat(run, seconds, runs_a_time=1):
    times = []
    begin = last = time.perf_counter()
    while not times or last - begin < seconds:
        for _ in range(runs_a_time):
            run()
        now = time.perf_counter()
        times.append((now - last) / runs_a_time * 1000)
        last = now
    return times


def main():
    torch.set_num_threads(THREADS)
    kinds = {"train": training, "generate": generating, "product": product}
    run, runs_a_time = None, 1
    for line in sys.stdin:
        request = json.loads(line)
        try:
            ok = {}
            if request["do"] == "hello":
                ok = {"threads": THREADS, "about": f"PyTorch {torch.__version__}"}
            elif request["do"] == "prepare":
                ways = kinds[request["work"]["task"]](request["work"])
                warm = [sorted(repeat(way, WARM)) for way in ways]
                middles = [times[len(times) // 2] for times in warm]
                run = ways[middles.index(min(middles))]  # the fastest way is the one to compare with
                runs_a_time = max(1, -int(-MEASURABLE * 1000 // min(middles)))
                ok = {"way": run.__name__}
            else:
                ok = {"times": repeat(run, request["seconds"], runs_a_time)}
            answer = {"ok": ok}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
