"""Writes what PyTorch computes for layers on top of each other, both directions, convolutions and whole models.

    python3 -m venv venv && venv/bin/pip install torch numpy
    venv/bin/python test/parity/write-models.py

All in float64. Weights of recurrent modules and their gradients keep PyTorch's names, for `fromPytorch`; all others
are in the library's layout.
"""
import torch
from torch.nn.functional import conv2d, cross_entropy, max_pool2d
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import fixtures

torch.set_default_dtype(torch.float64)
torch.manual_seed(4)


def leaf(*shape):
    return torch.randn(*shape).requires_grad_()


def rows(tensors):
    """A module's tensors by name, each with two dimensions."""
    return {name: t.detach() if t.dim() == 2 else t.detach()[None] for name, t in tensors.items()}


def gradients(module):
    """Where the library has one bias, PyTorch has the sum of two, with one gradient: it is written once."""
    found = {name: p.grad.clone() for name, p in module.named_parameters()}
    for name, g in found.items():
        if name.startswith("bias_hh"):
            # of a GRU's two biases of the candidate each has its own
            g[: 2 * module.hidden_size if isinstance(module, torch.nn.GRU) else None] = 0
    return rows(found)


def recurrent_case(kind, make, layers, bidirectional, lengths, D=3, H=2):
    T, B = max(lengths), len(lengths)
    module = make(D, H, num_layers=layers, bidirectional=bidirectional)
    x = leaf(T, B, D)
    parts = ["h", "c"] if kind == "lstm" else ["h"]
    count = layers * (2 if bidirectional else 1)
    initial = {part: leaf(count, B, H) for part in parts}
    begin = tuple(initial.values()) if kind == "lstm" else initial["h"]
    packed = pack_padded_sequence(x, torch.tensor(lengths), enforce_sorted=False)
    y, last = module(packed, begin)
    y, _ = pad_packed_sequence(y)
    final = dict(zip(parts, last if kind == "lstm" else [last]))
    dy = torch.randn_like(y)
    for i, length in enumerate(lengths):
        dy[length:, i] = 0
    dFinal = {part: torch.randn_like(state) for part, state in final.items()}
    ((y * dy).sum() + sum((final[part] * dFinal[part]).sum() for part in parts)).backward()
    return {
        "kind": kind, "layers": layers, "bidirectional": bidirectional, "lengths": lengths, "hiddenSize": H,
        "x": x, "initial": initial, "y": y, "final": final, "dy": dy, "dFinal": dFinal,
        "weights": rows(dict(module.named_parameters())), "gradients": gradients(module),
        "dx": x.grad, "dInitial": {part: state.grad for part, state in initial.items()},
    }


def embedding_case(V=6, D=3, T=4, B=3):
    table = torch.nn.Embedding(V, D)
    tokens = torch.randint(V - 1, (T, B))  # the last token stands nowhere
    y = table(tokens)
    dy = torch.randn_like(y)
    (y * dy).sum().backward()
    return {"tokens": tokens, "E": table.weight, "y": y, "dy": dy, "dE": table.weight.grad}


def convolution_case(height, width, channels, filters, kernel, stride, padding, activation, pool):
    images = leaf(2, height, width, channels)
    W, b = leaf(kernel * kernel * channels, filters), leaf(1, filters)
    weight = W.reshape(kernel, kernel, channels, filters).permute(3, 2, 0, 1)
    y = conv2d(images.permute(0, 3, 1, 2), weight, b[0], stride=stride, padding=padding)
    y = max_pool2d(getattr(torch, activation)(y), **pool).permute(0, 2, 3, 1).reshape(2, -1)
    dy = torch.randn_like(y)
    (y * dy).sum().backward()
    flat = lambda t: t.reshape(2, -1)
    return {
        "image": {"height": height, "width": width, "channels": channels},
        "convolution": {"filters": filters, "kernel": kernel, "stride": stride, "padding": padding, "activation": activation},
        "pooling": {"size": pool["kernel_size"], "stride": pool["stride"]},
        "x": flat(images), "W": W, "b": b, "y": y, "dy": dy, "dx": flat(images.grad), "dW": W.grad, "db": b.grad,
    }


def language_model_case(tied, V=7, D=3, T=5, lengths=(5, 2, 4)):
    """Embedding, LSTM and read-out; the loss is the mean over all tokens that are no padding."""
    B, IGNORED = len(lengths), -100
    E, lstm, W, b = leaf(V, D), torch.nn.LSTM(D, D), leaf(D, V), leaf(1, V)
    x, targets = torch.randint(V, (T, B)), torch.randint(V, (T, B))
    real = torch.arange(T)[:, None] < torch.tensor(lengths)
    h, _ = lstm(E[x])
    logits = h @ (E.T if tied else W) + b
    loss = cross_entropy(logits.reshape(-1, V), torch.where(real, targets, IGNORED).reshape(-1), ignore_index=IGNORED)
    loss.backward()
    readout = {"b": b} if tied else {"W": W, "b": b}
    return {
        "tied": tied, "lengths": lengths, "x": x, "targets": targets, "loss": loss, "E": E, "dE": E.grad,
        "weights": rows(dict(lstm.named_parameters())), "gradients": gradients(lstm),
        "readout": readout, "dReadout": {name: t.grad for name, t in readout.items()},
    }


def pooling_case(kind, T=5, D=3, lengths=(5, 2, 4)):
    """Over time, padding left out: the maximum as PyTorch's amax takes it, and the mean."""
    x = leaf(T, len(lengths), D)
    real = (torch.arange(T)[:, None] < torch.tensor(lengths))[:, :, None]
    if kind == "max":
        pooled = torch.where(real, x, -torch.inf).amax(0)
    else:
        pooled = torch.where(real, x, 0).sum(0) / torch.tensor(lengths)[:, None]
    dPooled = torch.randn_like(pooled)
    (pooled * dPooled).sum().backward()
    return {"kind": kind, "lengths": lengths, "x": x, "pooled": pooled, "dPooled": dPooled, "dx": x.grad}


def write(name, cases):
    fixtures.write(f"models-{name}", cases, torch=torch.__version__)


if __name__ == "__main__":
    lengths = [3, 5, 1]
    modules = [("rnn", torch.nn.RNN), ("lstm", torch.nn.LSTM), ("gruResetAfter", torch.nn.GRU)]
    write("recurrent", [
        recurrent_case(kind, make, layers, bidirectional, lengths)
        for kind, make in modules
        for layers, bidirectional in [(2, False), (1, True), (2, True)]
    ])
    write("embedding", [embedding_case()])
    write("convolution", [
        convolution_case(5, 4, 2, 3, 3, 1, 1, "relu", {"kernel_size": 2, "stride": 2}),
        convolution_case(6, 7, 1, 2, 3, 2, 0, "tanh", {"kernel_size": 2, "stride": 1}),
        convolution_case(3, 3, 3, 2, 1, 1, 0, "sigmoid", {"kernel_size": 1, "stride": 1}),
    ])
    write("language", [language_model_case(tied) for tied in [False, True]])
    torch.manual_seed(5)  # what stands above draws the same numbers whatever is added below
    write("pooling", [pooling_case(kind) for kind in ["max", "mean"]])
