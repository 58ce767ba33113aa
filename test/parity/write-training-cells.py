"""Writes what PyTorch computes when it trains an LSTM and a GRU classifier, in float64, beside this script.

    python3 -m venv venv && venv/bin/pip install torch numpy tensorflow-cpu
    venv/bin/python test/parity/write-training-cells.py
"""
import importlib

import torch

import fixtures

cells = importlib.import_module("write-cells")  # sets float64 and the seed


def training_case(cell, module, convert, optimizer, make, options, steps=20):
    """A classifier over sequences of several lengths, trained on one batch; the library's weights are the parameters."""
    T, D, H, N = 6, 4, 3, 3
    lengths = [6, 2, 4, 1, 5]
    x, labels = torch.randn(T, len(lengths), D), torch.randint(N, (len(lengths),))
    net = module(D, H)
    weights, _ = convert(D, H)
    W, b = cells.leaf(H, N), cells.leaf(1, N)
    rows = lambda: {
        "cell": {name: weight.tolist() for name, weight in weights.items()},
        "readout": {"W": W.tolist(), "b": b.tolist()},
    }
    before, losses = rows(), []
    step = make([*weights.values(), W, b])
    packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, enforce_sorted=False)
    for _ in range(steps):
        step.zero_grad()
        _, last = torch.func.functional_call(net, convert(D, H, weights)[1], (packed,))
        h = last[0] if isinstance(last, tuple) else last
        loss = torch.nn.functional.cross_entropy(h[0] @ W + b, labels)
        loss.backward()
        step.step()
        losses.append(loss.item())
    return {
        "cell": cell, "optimizer": optimizer, "options": options, "x": x, "lengths": lengths, "labels": labels,
        "before": before, "losses": losses, "after": rows(),
    }


if __name__ == "__main__":
    kinds = [("lstm", torch.nn.LSTM, cells.lstm_weights), ("gruResetAfter", torch.nn.GRU, cells.gru_weights)]
    optimizers = [
        ("sgd", lambda p: torch.optim.SGD(p, lr=0.3, momentum=0.9), {"learningRate": 0.3, "momentum": 0.9}),
        ("adam", lambda p: torch.optim.Adam(p, lr=0.05), {"learningRate": 0.05}),
    ]
    cases = [training_case(*kind, *optimizer) for kind in kinds for optimizer in optimizers]
    fixtures.write("training-cells", cases, torch=torch.__version__)
