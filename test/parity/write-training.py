"""Writes what PyTorch and Keras compute in training, in float64, as files beside this script.

    python3 -m venv venv && venv/bin/pip install torch numpy safetensors tensorflow-cpu
    venv/bin/python test/parity/write-training.py

training-losses, training-optimizers, training-pytorch-weights and training-keras-weights are JSON; training.safetensors
is what Python's `safetensors` writes of tensors that the test writes too.
"""
import importlib

import keras
import numpy
import safetensors
import safetensors.numpy
import torch

import fixtures

first = importlib.import_module("write-first")  # sets float64 and the seed


def mask(lengths, T):
    return torch.arange(T)[:, None] < torch.tensor(lengths)[None]  # T x B


def cross_entropy_case(B, N, smoothing):
    logits = (3 * torch.randn(B, N)).requires_grad_()
    labels = torch.randint(N, (B,))
    loss = torch.nn.functional.cross_entropy(logits, labels, label_smoothing=smoothing)
    loss.backward()
    return {"kind": "labels", "logits": logits, "labels": labels, "labelSmoothing": smoothing, "loss": loss, "dLogits": logits.grad}


def sequence_case(lengths, T, N, smoothing=0.0, weighted=False):
    B = len(lengths)
    logits = (3 * torch.randn(T, B, N)).requires_grad_()
    targets = torch.randint(N, (T, B))
    weights = torch.rand(N) + 0.2 if weighted else None
    wanted = torch.where(mask(lengths, T), targets, -100)
    loss = torch.nn.functional.cross_entropy(
        logits.reshape(T * B, N), wanted.reshape(-1), weight=weights, label_smoothing=smoothing
    )
    loss.backward()
    case = {
        "kind": "sequence", "logits": logits, "targets": targets, "lengths": lengths, "labelSmoothing": smoothing,
        "loss": loss, "dLogits": logits.grad, "count": sum(lengths),
        "correct": int(((logits.argmax(2) == targets) & mask(lengths, T)).sum()),
    }
    return {**case, "classWeights": weights} if weighted else case


def squares_case(lengths, T, D):
    B = len(lengths)
    y, target = torch.randn(T, B, D, requires_grad=True), torch.randn(T, B, D)
    loss = torch.nn.functional.mse_loss(y[mask(lengths, T)], target[mask(lengths, T)])
    loss.backward()
    return {"kind": "squares", "y": y, "target": target, "lengths": lengths, "loss": loss, "dy": y.grad}


def crf_case(lengths, T, N):
    """The sum over all paths by the forward algorithm, one log-sum-exp a step, and autograd for the gradients."""
    B = len(lengths)
    transitions, start, end = (torch.randn(*shape, requires_grad=True) for shape in [(N, N), (1, N), (1, N)])
    emissions = (2 * torch.randn(T, B, N)).requires_grad_()
    tags = torch.randint(N, (T, B))
    loss = 0
    for i, length in enumerate(lengths):
        y = tags[:length, i]
        score = start[0, y[0]] + end[0, y[-1]] + emissions[range(length), i, y].sum() + transitions[y[:-1], y[1:]].sum()
        alpha = start[0] + emissions[0, i]
        for t in range(1, length):
            alpha = torch.logsumexp(alpha[:, None] + transitions, 0) + emissions[t, i]
        loss = loss + (torch.logsumexp(alpha + end[0], 0) - score) / B
    loss.backward()
    return {
        "kind": "crf", "transitions": transitions, "start": start, "end": end, "emissions": emissions, "tags": tags,
        "lengths": lengths, "loss": loss, "dTransitions": transitions.grad, "dStart": start.grad, "dEnd": end.grad,
        "dEmissions": emissions.grad,
    }


def optimizer_case(name, make, options):
    return first.training_case(name, make, options)


def pytorch_case(kind, D, H, T=4, B=2, **options):
    module = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gruResetAfter": torch.nn.GRU}[kind](D, H, **options)
    x = torch.randn(T, B, D)
    h, _ = module(x)
    state = {name: tensor[None] if tensor.dim() == 1 else tensor for name, tensor in module.state_dict().items()}
    return {"kind": kind, "state": state, "x": x, "h": h}


def keras_case(kind, layer, T=4, B=2, D=3):
    x = torch.randn(T, B, D).numpy()
    layer.build((B, T, D))
    layer.set_weights([torch.randn(*weight.shape).numpy() for weight in layer.get_weights()])
    h = numpy.transpose(layer(numpy.transpose(x, (1, 0, 2))).numpy(), (1, 0, 2))
    weights = {weight.name: value if value.ndim == 2 else value[None] for weight, value in zip(layer.weights, layer.get_weights())}
    return {"kind": kind, "weights": weights, "x": x, "h": h}


def save_tensors():
    """Of both types, of three ranks, with names that are not in order and one that JSON escapes."""
    tensors = {
        "b": numpy.arange(3, dtype=numpy.float32) / 3,
        "a.W": numpy.arange(6, dtype=numpy.float32).reshape(2, 3) / 7,
        "z": numpy.array([[1e-300, -0.0], [numpy.pi, 2.0**-1074]]),
        'say "é"': numpy.array([[[0.1], [0.2]]]),
        "none": numpy.zeros((0, 2), dtype=numpy.float32),
    }
    safetensors.numpy.save_file(tensors, fixtures.HERE / "training.safetensors", metadata={"format": "a test"})


if __name__ == "__main__":
    versions = {"torch": torch.__version__}
    fixtures.write("training-losses", [
        *[cross_entropy_case(4, 5, smoothing) for smoothing in [0.1, 1.0]],
        sequence_case([5, 2, 1], 5, 4),
        sequence_case([3, 5], 5, 6, smoothing=0.2),
        sequence_case([5, 3, 4], 5, 3, weighted=True),
        sequence_case([5, 1], 5, 3, smoothing=0.3, weighted=True),
        squares_case([4, 1, 2], 4, 3),
        crf_case([5, 1, 3], 5, 4),
        crf_case([2], 2, 1),
    ], **versions)
    fixtures.write("training-optimizers", [
        optimizer_case("sgd", lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), {"learningRate": 0.1, "momentum": 0.9}),
        optimizer_case(
            "sgd",
            lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.8, nesterov=True),
            {"learningRate": 0.1, "momentum": 0.8, "nesterov": True},
        ),
        optimizer_case("rmsprop", lambda p: torch.optim.RMSprop(p, lr=0.01), {"learningRate": 0.01}),
        optimizer_case(
            "rmsprop",
            lambda p: torch.optim.RMSprop(p, lr=0.02, alpha=0.9, eps=1e-6, centered=True),
            {"learningRate": 0.02, "alpha": 0.9, "epsilon": 1e-6, "centered": True},
        ),
        optimizer_case("adam", lambda p: torch.optim.Adam(p), {}),
        optimizer_case("adamw", lambda p: torch.optim.AdamW(p), {}),
        optimizer_case(
            "adamw",
            lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.3, betas=(0.8, 0.95)),
            {"learningRate": 0.05, "weightDecay": 0.3, "beta1": 0.8, "beta2": 0.95},
        ),
    ], **versions)
    fixtures.write("training-pytorch-weights", [
        pytorch_case("rnn", 3, 4),
        pytorch_case("lstm", 3, 4),
        pytorch_case("gruResetAfter", 3, 4),
        pytorch_case("lstm", 2, 3, bias=False),
        pytorch_case("gruResetAfter", 2, 3, bidirectional=True),
        pytorch_case("lstm", 3, 2, num_layers=2),
    ], **versions)
    keras.utils.set_random_seed(1)
    layers = keras.layers
    options = {"dtype": "float64", "return_sequences": True}
    fixtures.write("training-keras-weights", [
        keras_case("rnn", layers.SimpleRNN(4, **options)),
        keras_case("lstm", layers.LSTM(4, **options)),
        keras_case("gru", layers.GRU(4, reset_after=False, **options)),
        keras_case("gruResetAfter", layers.GRU(4, **options)),
        keras_case("lstm", layers.LSTM(2, use_bias=False, **options)),
    ], keras=keras.__version__)
    save_tensors()
