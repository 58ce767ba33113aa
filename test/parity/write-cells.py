"""Writes what PyTorch and Keras compute for every recurrent cell, in float64, as JSON files beside this script.

    python3 -m venv venv && venv/bin/pip install torch numpy tensorflow-cpu
    venv/bin/python test/parity/write-cells.py

Weights are written in the library's layout: W is inputs x outputs, W_x above W_h, gates side by side as blocks of
columns. Cells that PyTorch has (RNN, LSTM, GRU) are PyTorch's own; the others are their equations, differentiated by
its autograd. Gradients are those of E = sum of h*dh over all steps, plus, where there is a c, of c_T*dc.
"""
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf
import torch
from torch import sigmoid, tanh

import fixtures

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
keras.backend.set_floatx("float64")

SHAPES = [(1, 1, 1, 1), (5, 3, 2, 4), (11, 2, 4, 5)]  # T, B, D, H


def leaf(*shape):
    return torch.randn(*shape).requires_grad_()


def case(cell, inputs, weights, state, h, last_c=None):
    """weights and state: names to leaf tensors; h: T x B x H."""
    dh = torch.randn_like(h)
    E = (h * dh).sum()
    gradient_of_c = {}
    if last_c is not None:
        dc = torch.randn_like(last_c)
        E = E + (last_c * dc).sum()
        gradient_of_c = {"c": last_c, "dc": dc}
    names, leaves = zip(*{"x": inputs, **weights, **state}.items())
    gradients = dict(zip(names, torch.autograd.grad(E, leaves)))
    return {
        "cell": cell, "x": inputs, "h": h, "dh": dh, **gradient_of_c, "dx": gradients["x"],
        "weights": weights, "state": state,
        "gradients": {name: gradients[name] for name in weights}, "dState": {name: gradients[name] for name in state},
    }


def by_hand(cell, step, make_weights, parts):
    """A cell as its equations: step(weights, x_t, state) -> state."""
    cases = []
    for T, B, D, H in SHAPES:
        x, weights = leaf(T, B, D), {name: leaf(*shape) for name, shape in make_weights(D, H).items()}
        initial = {part: leaf(B, H) for part in parts}
        state, hs = initial, []
        for t in range(T):
            state = step(weights, x[t], state)
            hs.append(state["h"])
        cases.append(case(cell, x, weights, initial, torch.stack(hs), state.get("c")))
    return cases


def affine(w, x, h):
    return torch.cat([x, h], 1) @ w["W"] + w["b"]


def memory_cell(w, x, s):
    k, wr, r = sigmoid(affine(w, x, s["h"])).chunk(3, 1)
    c = k * s["c"] + wr * (x @ w["Wx"] + w["bx"])
    return {"h": r * c, "c": c}


def peephole_lstm(w, x, s):
    f, u, r, g = affine(w, x, s["h"]).chunk(4, 1)
    pf, pu, pr = w["P"].chunk(3, 1)
    c = sigmoid(f + s["c"] * pf) * s["c"] + sigmoid(u + s["c"] * pu) * tanh(g)
    return {"h": sigmoid(r + c * pr) * tanh(c), "c": c}


def gru(w, x, s):
    h, H = s["h"], s["h"].shape[1]
    z, r = sigmoid(torch.cat([x, h], 1) @ w["W"][:, : 2 * H] + w["b"][:, : 2 * H]).chunk(2, 1)
    g = tanh(torch.cat([x, r * h], 1) @ w["W"][:, 2 * H :] + w["b"][:, 2 * H :])
    return {"h": (1 - z) * h + z * g}


def minimal_gru(w, x, s):
    z, g = (x @ w["W"] + w["b"]).chunk(2, 1)
    z = sigmoid(z)
    return {"h": (1 - z) * s["h"] + z * g}


def minimal_lstm(w, x, s):
    f, u, g = (x @ w["W"] + w["b"]).chunk(3, 1)
    f, u = sigmoid(f), sigmoid(u)
    return {"h": f / (f + u) * s["h"] + u / (f + u) * g}


def torch_module(cell, module, convert, parts):
    """A cell of torch.nn. convert: its (weight, bias) pairs of input and state -> the library's weights."""
    cases = []
    for T, B, D, H in SHAPES:
        net = module(D, H)
        x, initial = leaf(T, B, D), {part: leaf(B, H) for part in parts}
        # the library's weights are the leaves; PyTorch's are computed from them
        weights, own = convert(D, H)
        begin = tuple(initial[part][None] for part in parts)
        h, last = torch.func.functional_call(net, own, (x, begin if len(begin) > 1 else begin[0]))
        cases.append(case(cell, x, weights, initial, h, last[1][0] if len(begin) > 1 else None))
    return cases


def modules_weights(D, blocks, bias_hh):
    """blocks: one (D+H) x H matrix a gate, in PyTorch's order, and their biases."""
    W = torch.cat([block for block, _ in blocks], 1).T
    bias = torch.cat([b for _, b in blocks], 1)[0]
    return {"weight_ih_l0": W[:, :D], "weight_hh_l0": W[:, D:], "bias_ih_l0": bias, "bias_hh_l0": bias_hh}


def rnn_weights(D, H):
    w = {"W": leaf(D + H, H), "b": leaf(1, H)}
    return w, modules_weights(D, [(w["W"], w["b"])], torch.zeros(H))


def lstm_weights(D, H, w=None):
    w = w or {"W": leaf(D + H, 4 * H), "b": leaf(1, 4 * H)}
    f, u, r, g = zip(w["W"].chunk(4, 1), w["b"].chunk(4, 1))
    return w, modules_weights(D, [u, f, g, r], torch.zeros(4 * H))


def gru_weights(D, H, w=None):
    """PyTorch's z is 1 - ours, which turns the sign of all that it is computed from."""
    w = w or {"W": leaf(D + H, 3 * H), "b": leaf(1, 3 * H), "bh": leaf(1, H)}
    z, r, n = zip(w["W"].chunk(3, 1), w["b"].chunk(3, 1))
    return w, modules_weights(D, [r, (-z[0], -z[1]), n], torch.cat([torch.zeros(2 * H), w["bh"][0]]))


def keras_gru_case(T, B, D, H, reset_after):
    """Keras's z too is 1 - ours. Its arrays are turned into ours, and their gradients with them."""
    random = np.random.default_rng(T)
    layer = keras.layers.GRU(H, reset_after=reset_after, return_sequences=True)
    layer.build((B, T, D))
    for variable in layer.trainable_variables:
        variable.assign(random.standard_normal(variable.shape))
    x, h0 = (tf.Variable(random.standard_normal(shape)) for shape in [(B, T, D), (B, H)])
    dh = random.standard_normal((B, T, H))
    kernel, recurrent, bias = [variable.value for variable in layer.trainable_variables]
    with tf.GradientTape() as tape:
        tape.watch([kernel, recurrent, bias])
        h = layer(x, initial_state=h0)
        E = tf.reduce_sum(h * dh)
    dx, dh0, dkernel, drecurrent, dbias = tape.gradient(E, [x, h0, kernel, recurrent, bias])

    sign = np.concatenate([-np.ones(H), np.ones(2 * H)])

    def ours(kernel, recurrent, bias, join):
        bias = bias.numpy()
        b = join(bias)[None] if reset_after else bias[None]
        packed = {"W": np.concatenate([kernel, recurrent]) * sign, "b": b * sign}
        return {**packed, "bh": bias[1:, 2 * H :]} if reset_after else packed

    swap = lambda sequence: np.swapaxes(np.asarray(sequence), 0, 1)
    both = lambda bias: np.concatenate([bias[0, : 2 * H] + bias[1, : 2 * H], bias[0, 2 * H :]])
    return {
        "cell": "gruResetAfter" if reset_after else "gru",
        "x": swap(x), "h": swap(h), "dh": swap(dh), "dx": swap(dx),
        "weights": ours(kernel, recurrent, bias, both), "state": {"h": h0.numpy()},
        # a sum of two biases has the gradient of either
        "gradients": ours(dkernel, drecurrent, dbias, lambda bias: bias[0]), "dState": {"h": dh0.numpy()},
    }


def practical_case():
    """Practical 4 of the Deep Learning Indaba 2017: its dummy data, drawn by NumPy from seed 1234."""
    D, H, C, T = 8, 4, 2, 5
    np.random.seed(1234)
    Wxh = np.random.randn(D, H) / np.sqrt(D / 2.0)
    Whh = np.random.randn(H, H) / np.sqrt(H / 2.0)
    Why = np.random.randn(H, D) / np.sqrt(C / 2.0)  # as wide as x, not as there are classes: so it stands there
    x = np.random.randn(T, 1, D)
    targets = np.random.randint(low=0, high=C, size=T)
    return {"W": np.concatenate([Wxh, Whh]), "Why": Why, "x": x, "targets": targets}


def write(name, cases, **versions):
    fixtures.write(f"cells-{name}", cases, **versions)


if __name__ == "__main__":
    version = {"torch": torch.__version__}
    write("torch", [
        *torch_module("rnnRelu", lambda D, H: torch.nn.RNN(D, H, nonlinearity="relu"), rnn_weights, ["h"]),
        *torch_module("lstm", torch.nn.LSTM, lstm_weights, ["h", "c"]),
        *torch_module("gruResetAfter", torch.nn.GRU, gru_weights, ["h"]),
    ], **version)
    packed = lambda gates: lambda D, H: {"W": (D + H, gates * H), "b": (1, gates * H)}
    of_input = lambda gates: lambda D, H: {"W": (D, gates * H), "b": (1, gates * H)}
    write("by-hand", [
        *by_hand("memoryCell", memory_cell, lambda D, H: {**packed(3)(D, H), "Wx": (D, H), "bx": (1, H)}, ["h", "c"]),
        *by_hand("peepholeLstm", peephole_lstm, lambda D, H: {**packed(4)(D, H), "P": (1, 3 * H)}, ["h", "c"]),
        *by_hand("gru", gru, packed(3), ["h"]),
        *by_hand("minimalGru", minimal_gru, of_input(2), ["h"]),
        *by_hand("minimalLstm", minimal_lstm, of_input(3), ["h"]),
    ], **version)
    write("keras", [keras_gru_case(*shape, reset_after) for shape in SHAPES for reset_after in [False, True]],
          keras=keras.__version__, tensorflow=tf.__version__)
    write("practical", [practical_case()], numpy=np.__version__)
