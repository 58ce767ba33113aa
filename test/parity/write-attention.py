"""Writes what PyTorch computes, in float64, for attention and for a whole encoder-decoder.

    python3 -m venv venv && venv/bin/pip install torch numpy
    venv/bin/python test/parity/write-attention.py

The formulas stand here once more, written by hand; the gradients are autograd's.
"""
import torch

import fixtures

torch.set_default_dtype(torch.float64)
torch.manual_seed(4)


def parameter(*shape):
    return torch.randn(*shape).requires_grad_()


def scores(kind, weights, q, memory):
    """B x T: q is B x Q, the memory T x B x D."""
    if kind == "additive":
        return (torch.tanh(q @ weights["W_q"] + memory @ weights["W_k"]) @ weights["v"])[:, :, 0].T
    if kind == "general":
        return torch.einsum("bq,qd,tbd->bt", q, weights["W"], memory)
    return torch.einsum("bd,tbd->bt", q, memory) / (memory.shape[2] ** 0.5 if kind == "scaled" else 1)


def read(kind, weights, q, memory, lengths):
    padding = torch.arange(memory.shape[0])[None] >= torch.tensor(lengths)[:, None]
    alpha = torch.softmax(scores(kind, weights, q, memory).masked_fill(padding, float("-inf")), dim=1)
    return alpha, torch.einsum("bt,tbd->bd", alpha, memory)


def weights_of(kind, Q, D, A):
    if kind == "additive":
        return {"W_q": parameter(Q, A), "W_k": parameter(D, A), "v": parameter(A, 1)}
    return {"W": parameter(Q, D)} if kind == "general" else {}


def attention_case(kind, T, Q, D, A, lengths):
    B = len(lengths)
    weights, query, memory = weights_of(kind, Q, D, A), parameter(B, Q), parameter(T, B, D)
    alpha, context = read(kind, weights, query, memory, lengths)
    d_context = torch.randn(B, D)
    (context * d_context).sum().backward()
    return {
        "kind": kind, "width": A, "lengths": lengths, "query": query, "memory": memory, "weights": weights,
        "alpha": alpha, "context": context, "dContext": d_context,
        "dQuery": query.grad, "dMemory": memory.grad, "gradients": {name: w.grad for name, w in weights.items()},
    }


def rnn(weights, x, h):
    return torch.tanh(torch.cat([x, h], 1) @ weights["W"] + weights["b"])


def model_case(kind, source, source_lengths, target, target_lengths, V, E, D, H, A):
    """An RNN that reads, an RNN that writes, its state as the query, the context in its input and in the read-out."""
    encoder = {"layer0": {"E": parameter(V, E)}, "layer1": {"W": parameter(E + D, D), "b": parameter(1, D)}}
    width = D if kind else 0
    weights = {
        "encoder": encoder,
        "bridge": {"h": {"W": parameter(D, H), "b": parameter(1, H)}},
        "embedding": {"E": parameter(V, E)},
        "cell": {"W": parameter(E + width + H, H), "b": parameter(1, H)},
        "attention": weights_of(kind, H, D, A) if kind else {},
        "readout": {"W": parameter(H + width, V), "b": parameter(1, V)},
    }
    T, B = source.shape
    h, outputs = torch.zeros(B, D), []
    for t in range(T):
        live = (torch.tensor(source_lengths) > t)[:, None]
        h = torch.where(live, rnn(encoder["layer1"], encoder["layer0"]["E"][source[t]], h), h)
        outputs.append(h)
    memory = torch.stack(outputs)
    state = h @ weights["bridge"]["h"]["W"] + weights["bridge"]["h"]["b"]
    total, count, alignments = 0, 0, []
    for t in range(target.shape[0] - 1):
        x, extra = weights["embedding"]["E"][target[t]], []
        if kind:
            alpha, context = read(kind, weights["attention"], state, memory, source_lengths)
            alignments.append(alpha)
            extra = [context]
        state = rnn(weights["cell"], torch.cat([x, *extra], 1), state)
        logits = torch.cat([state, *extra], 1) @ weights["readout"]["W"] + weights["readout"]["b"]
        real = torch.tensor(target_lengths) > t + 1
        total = total + torch.nn.functional.cross_entropy(logits[real], target[t + 1][real], reduction="sum")
        count += int(real.sum())
    loss = total / count
    loss.backward()
    gradients = lambda tree: {k: gradients(v) if isinstance(v, dict) else v.grad for k, v in tree.items()}
    return {
        "kind": kind, "vocabulary": V, "embedding": E, "encoder": D, "hidden": H, "width": A,
        "source": source, "sourceLengths": source_lengths, "target": target, "targetLengths": target_lengths,
        "weights": weights, "loss": loss, "gradients": gradients(weights), "alignments": alignments,
    }


if __name__ == "__main__":
    fixtures.write("attention", [
        {
            "reads": [
                attention_case("additive", 5, 3, 4, 6, [5, 2, 1]),
                attention_case("general", 5, 3, 4, 0, [4, 5, 1]),
                attention_case("dot", 6, 4, 4, 0, [6, 3]),
                attention_case("scaled", 4, 5, 5, 0, [4, 1]),
            ],
            # 1 begins, 2 ends, 0 stands behind the end
            "models": [
                model_case(
                    kind,
                    torch.tensor([[3, 5, 6], [4, 4, 0], [5, 0, 0], [6, 0, 0]]), [4, 2, 1],
                    torch.tensor([[1, 1, 1], [5, 6, 2], [4, 4, 0], [3, 2, 0], [2, 0, 0]]), [5, 4, 2],
                    V=7, E=3, D=4, H=H, A=3,
                )
                for kind, H in [(None, 5), ("additive", 5), ("general", 5), ("dot", 4)]
            ],
        }
    ], torch=torch.__version__)
