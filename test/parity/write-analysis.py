"""Writes what NumPy, SciPy and PyTorch compute, in float64, as analysis.json beside this script.

    python3 -m venv venv && venv/bin/pip install torch numpy scipy
    venv/bin/python test/parity/write-analysis.py

Matrices are written in the library's layout: W is inputs x outputs, an RNN's W_xh stands above its W_hh.
"""
import numpy as np
import scipy.integrate
import scipy.linalg
import torch

import fixtures

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
rng = np.random.default_rng(1)


def solve_case(N, M):
    X, B = rng.standard_normal((N + 2, N)), rng.standard_normal((N, M))
    A = X.T @ X
    return {"kind": "solve", "A": A, "B": B, "L": scipy.linalg.cholesky(A, lower=True), "X": scipy.linalg.solve(A, B)}


def ridge_case(N, K, M, penalty):
    """By QR on the augmented system, without normal equations."""
    X, Y = rng.standard_normal((N, K)), rng.standard_normal((N, M))
    tall = np.vstack([X, np.sqrt(penalty) * np.eye(K)])
    W = scipy.linalg.lstsq(tall, np.vstack([Y, np.zeros((K, M))]))[0]
    return {"kind": "ridge", "X": X, "Y": Y, "lambda": penalty, "W": W}


def singular_case(A):
    return {"kind": "singular values", "A": A, "values": scipy.linalg.svdvals(A)[None]}


def eigen_case(A):
    """Real and imaginary part, the largest first, of a pair the upper one first."""
    values = sorted(np.linalg.eigvals(A), key=lambda v: (-round(abs(v), 10), -v.real.round(10), -v.imag))
    return {"kind": "eigenvalues", "A": A, "values": [[v.real, v.imag] for v in values]}


def park_miller(seed, size):
    """A matrix that both sides can draw: 400 x 400 numbers are too many to write down."""
    numbers = []
    for _ in range(size * size):
        seed = seed * 16807 % 2147483647
        numbers.append(seed / 2147483647 - 0.5)
    return np.array(numbers).reshape(size, size)


def radius_case(seed, size):
    return {"kind": "spectral radius", "seed": seed, "size": size, "radius": max(abs(np.linalg.eigvals(park_miller(seed, size))))}


def components_case(N, D, k):
    X = rng.standard_normal((N, D)) @ rng.standard_normal((D, D)) + rng.standard_normal(D)
    centred = X - X.mean(axis=0)
    _, s, Vt = np.linalg.svd(centred, full_matrices=False)
    signs = [np.sign(row[np.argmax(abs(row))]) for row in Vt[:k]]
    V = (Vt[:k] * np.array(signs)[:, None]).T
    return {"kind": "components", "X": X, "components": V, "projected": centred @ V, "explained": (s**2 / (s**2).sum())[None, :k]}


def pack(cell):
    return torch.cat([cell.weight_ih_l0.T, cell.weight_hh_l0.T])


def packed_gradient(cell):
    return torch.cat([cell.weight_ih_l0.grad.T, cell.weight_hh_l0.grad.T])


def jacobian_case(T, D, H):
    cell = torch.nn.RNN(D, H)
    x, h0 = torch.randn(T, 1, D), torch.randn(1, 1, H)
    products = []
    for d in range(1, T + 1):
        with torch.no_grad():
            start = cell(x[: T - d], h0)[1] if d < T else h0
        J = torch.autograd.functional.jacobian(lambda h: cell(x[T - d :], h)[1].flatten(), start).reshape(H, H)
        products.append({"distance": d, "J": J, "values": torch.linalg.svdvals(J)[None]})
    return {"kind": "jacobians", "x": x, "h0": h0[0], "W": pack(cell), "b": (cell.bias_ih_l0 + cell.bias_hh_l0)[None], "products": products}


def truncated_case(T, B, D, H, k):
    """k1 = k2 = k, as it is done in PyTorch: the state is detached after every k steps."""
    cell = torch.nn.RNN(D, H)
    x, dh = torch.randn(T, B, D), torch.randn(T, B, H)
    state = torch.zeros(1, B, H)
    passes = []
    for start in range(0, T, k):
        cell.zero_grad()
        h, state = cell(x[start : start + k], state)
        (h * dh[start : start + k]).sum().backward()
        state = state.detach()
        passes.append({"dW": packed_gradient(cell), "db": cell.bias_ih_l0.grad[None], "state": state[0]})
    return {"kind": "truncated", "x": x, "dh": dh, "k": k, "W": pack(cell), "b": (cell.bias_ih_l0 + cell.bias_hh_l0)[None], "passes": passes}


def penalty_case(T, B, H, alpha, beta):
    """The losses of the authors' program, github.com/salesforce/awd-lstm-lm, over sequences of one length."""
    h = torch.randn(T, B, H, requires_grad=True)
    activation = alpha * h.pow(2).mean()
    dActivation = torch.autograd.grad(activation, h)[0]
    temporal = beta * (h[1:] - h[:-1]).pow(2).mean()
    dTemporal = torch.autograd.grad(temporal, h)[0]
    return {
        "kind": "penalties", "h": h, "alpha": alpha, "beta": beta,
        "activation": activation, "dActivation": dActivation, "temporal": temporal, "dTemporal": dTemporal,
    }


def reservoir_case(T, B, D, H, leak):
    W, b = torch.randn(D + H, H, requires_grad=True), torch.randn(1, H, requires_grad=True)
    x, h0, dh = torch.randn(T, B, D, requires_grad=True), torch.randn(B, H, requires_grad=True), torch.randn(T, B, H)
    h, outputs = h0, []
    for t in range(T):
        h = (1 - leak) * h + leak * torch.tanh(torch.cat([x[t], h], dim=1) @ W + b)
        outputs.append(h)
    (torch.stack(outputs) * dh).sum().backward()
    return {
        "kind": "reservoir", "leak": leak, "x": x, "h0": h0, "dh": dh, "h": torch.stack(outputs), "W": W, "b": b,
        "dx": x.grad, "dh0": h0.grad, "dW": W.grad, "db": b.grad,
    }


def mackey_glass_case(tau, initial, length):
    """Interval of one delay after the other by SciPy's DOP853: within each, the delayed value is a known function."""
    delayed = lambda t: initial
    values, start, x = [initial], 0.0, initial
    while start < length:
        slope = lambda t, y, past=delayed: [0.2 * past(t - tau) / (1 + past(t - tau) ** 10) - 0.1 * y[0]]
        end = start + tau
        run = scipy.integrate.solve_ivp(slope, (start, end), [x], "DOP853", dense_output=True, rtol=1e-12, atol=1e-14)
        values += [run.sol(t)[0] for t in range(int(start) + 1, int(end) + 1)]
        delayed = lambda t, sol=run.sol: sol(t)[0]
        start, x = end, run.y[0, -1]
    return {"kind": "mackey-glass", "tau": tau, "initial": initial, "values": [[v] for v in values[:length]]}


if __name__ == "__main__":
    cases = [
        *[solve_case(*shape) for shape in [(1, 1), (4, 2), (9, 3)]],
        *[ridge_case(*shape) for shape in [(20, 4, 2, 0), (20, 4, 2, 0.3), (3, 6, 1, 2)]],
        *[singular_case(rng.standard_normal(shape)) for shape in [(5, 3), (3, 5), (8, 8)]],
        singular_case(np.vander(np.arange(1.0, 8.0), 6)),
        *[eigen_case(rng.standard_normal((N, N))) for N in [1, 2, 3, 10]],
        *[radius_case(seed, size) for seed, size in [(1, 30), (2, 100), (3, 400)]],
        *[components_case(*shape) for shape in [(30, 5, 3), (4, 6, 2)]],
        *[jacobian_case(*shape) for shape in [(6, 2, 4)]],
        *[truncated_case(*shape) for shape in [(12, 2, 3, 4, 4), (11, 1, 2, 3, 5)]],
        penalty_case(5, 3, 4, 2.0, 1.0),
        *[reservoir_case(*shape) for shape in [(7, 2, 3, 5, 0.3), (4, 1, 1, 6, 1.0)]],
        *[mackey_glass_case(*shape) for shape in [(17, 1.2, 150), (30, 0.5, 100)]],
    ]
    fixtures.write("analysis", cases, numpy=np.__version__, scipy=scipy.__version__, torch=torch.__version__)
