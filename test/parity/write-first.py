"""Writes what PyTorch computes, in float64, as JSON files beside this script.

    python3 -m venv venv && venv/bin/pip install torch numpy
    venv/bin/python test/parity/write-first.py

Matrices are written in the library's layout: W is inputs x outputs, an RNN's W_xh stands above its W_hh.
"""
import torch

import fixtures

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)


def write(name, cases):
    fixtures.write(name, cases, torch=torch.__version__)


def rnn_case(T, B, D, H):
    cell = torch.nn.RNN(D, H)
    x = torch.randn(T, B, D, requires_grad=True)
    h0 = torch.randn(1, B, H, requires_grad=True)
    dh = torch.randn(T, B, H)
    h, _ = cell(x, h0)
    (h * dh).sum().backward()
    pack = lambda ih, hh: torch.cat([ih.T, hh.T])
    return {
        "x": x, "h0": h0[0], "dh": dh, "h": h,
        "W": pack(cell.weight_ih_l0, cell.weight_hh_l0), "b": (cell.bias_ih_l0 + cell.bias_hh_l0)[None],
        "dx": x.grad, "dh0": h0.grad[0],
        "dW": pack(cell.weight_ih_l0.grad, cell.weight_hh_l0.grad), "db": cell.bias_ih_l0.grad[None],
    }


def feed_forward_case(activation, B, D, H):
    layer = torch.nn.Linear(D, H)
    x = torch.randn(B, D, requires_grad=True)
    dh = torch.randn(B, H)
    h = getattr(torch, activation)(layer(x))
    (h * dh).sum().backward()
    return {
        "activation": activation, "x": x, "dh": dh, "h": h, "W": layer.weight.T, "b": layer.bias[None],
        "dx": x.grad, "dW": layer.weight.grad.T, "db": layer.bias.grad[None],
    }


def loss_case(B, N, size):
    logits = (size * torch.randn(B, N)).requires_grad_()
    labels = torch.randint(N, (B,))
    loss = torch.nn.functional.cross_entropy(logits, labels)
    loss.backward()
    return {"logits": logits, "labels": labels, "loss": loss, "dLogits": logits.grad}


def training_case(name, make, options, steps=20):
    """An RNN classifier, trained on one batch."""
    T, B, D, H, N = 6, 5, 3, 4, 3
    cell, readout = torch.nn.RNN(D, H), torch.nn.Linear(H, N)
    torch.nn.init.zeros_(cell.bias_hh_l0)
    cell.bias_hh_l0.requires_grad_(False)  # the library has one bias
    pack = lambda: {
        "cell": {"W": torch.cat([cell.weight_ih_l0.T, cell.weight_hh_l0.T]).tolist(), "b": cell.bias_ih_l0[None].tolist()},
        "readout": {"W": readout.weight.T.tolist(), "b": readout.bias[None].tolist()},
    }
    x, labels = torch.randn(T, B, D), torch.randint(N, (B,))
    before, losses = pack(), []
    parameters = [p for p in [*cell.parameters(), *readout.parameters()] if p.requires_grad]
    optimizer = make(parameters)
    for _ in range(steps):
        optimizer.zero_grad()
        h, _ = cell(x)
        loss = torch.nn.functional.cross_entropy(readout(h[-1]), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"optimizer": name, "options": options, "x": x, "labels": labels, "before": before, "losses": losses, "after": pack()}


if __name__ == "__main__":
    write("rnn", [rnn_case(*shape) for shape in [(1, 1, 1, 1), (5, 3, 2, 4), (12, 2, 7, 5), (30, 1, 3, 8)]])
    write("feed-forward", [feed_forward_case(name, 4, 5, 3) for name in ["tanh", "sigmoid", "relu"]])
    write("cross-entropy", [loss_case(6, 4, 1), loss_case(3, 10, 30), loss_case(1, 2, 300)])
    write("training", [
        training_case("sgd", lambda p: torch.optim.SGD(p, lr=0.3), {"learningRate": 0.3}),
        training_case("adam", lambda p: torch.optim.Adam(p, lr=0.02), {"learningRate": 0.02}),
        training_case(
            "adam",
            lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.8, 0.9), eps=1e-4),
            {"learningRate": 0.1, "beta1": 0.8, "beta2": 0.9, "epsilon": 1e-4},
        ),
    ])
