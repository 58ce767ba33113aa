import assert from "node:assert/strict";
import { examineTask } from "unroll/course/examine-task.js";
import { practical4 } from "unroll/course/practical-4/index.js";
import type { Notebook } from "#kernel/client/notebook.js";
import { hiddenTests } from "#kernel/grade/practical-4/hidden.js";
import { buildPractical } from "#kernel/lessons/practical.js";
import { built, declaredBy } from "./submission.js";

/** A typical mistake as it stands in a student's cell, and a word of what helps. */
interface Wrong {
  readonly of: string;
  readonly right: string;
  readonly wrong: string;
  readonly helps: RegExp;
}

const wrongs: Readonly<Record<string, Wrong>> = {
  "the bias is forgotten": {
    of: "rnn-step",
    right: "affine(h, Whh, bh)",
    wrong: "product(h, Whh)",
    helps: /The bias `bh` is missing/,
  },
  "the state is not handed on": {
    of: "rnn-forward",
    right: "const h = rnnStep(weights, x, hPrevious);",
    wrong: "hPrevious = h0; const h = rnnStep(weights, x, hPrevious);",
    helps: /Every step begins with `h0`/,
  },
  "the cache is written too late": {
    of: "rnn-forward",
    right: "caches.push({ x, hPrevious, h });\n    hPrevious = h;",
    wrong: "hPrevious = h;\n    caches.push({ x, hPrevious, h });",
    helps: /state \*after\* the step/,
  },
  "the sign of a gradient is wrong": {
    of: "rnn-step-backward",
    right: "mul(dh, tanhSlope(h))",
    wrong: "subtract(zerosLike({ h }).h, mul(dh, tanhSlope(h)))",
    helps: /the sign/,
  },
  "the slope of tanh is forgotten": {
    of: "rnn-step-backward",
    right: "mul(dh, tanhSlope(h))",
    wrong: "dh",
    helps: /leads through `tanh`/,
  },
  "nothing comes back from later steps": {
    of: "bptt",
    right: "add(readout.dX, fromLater)",
    wrong: "readout.dX",
    helps: /learns from its own loss alone/,
  },
  "gradients are overwritten where they should add up": {
    of: "bptt",
    right: "const said =",
    wrong: "for (const m of Object.values(gradients)) m.data.fill(0);\n    const said =",
    helps: /gradients add up/,
  },
  "the difference goes to one side": {
    of: "numeric-gradient",
    right:
      "theta.set(i, j, value - delta);\n      const below = loss(theta);\n      theta.set(i, j, value);\n      result.set(i, j, (above - below) / (2 * delta));",
    wrong: "theta.set(i, j, value);\n      result.set(i, j, (above - loss(theta)) / delta);",
    helps: /difference to one side/,
  },
  "the error is not relative": {
    of: "relative-error",
    right: "gap === 0 ? 0 : gap / Math.max(largest(a), largest(b))",
    wrong: "gap",
    helps: /absolute error/,
  },
  "two gates are mixed up": {
    of: "lstm-step",
    right: "add(mul(f, c), mul(u, candidate))",
    wrong: "add(mul(u, c), mul(f, candidate))",
    helps: /forget gate belongs to the old memory/,
  },
  "what later steps say of the memory is dropped": {
    of: "lstm-step-backward",
    right: "add(dc, mul(mul(dh, r), tanhSlope(tanhC)))",
    wrong: "mul(mul(dh, r), tanhSlope(tanhC))",
    helps: /The next step reads the memory/,
  },
  "the update gate works the other way round": {
    of: "gru-step",
    right: "add(h, mul(z, subtract(candidate, h)))",
    wrong: "add(candidate, mul(z, subtract(h, candidate)))",
    helps: /share of the \*new\*/,
  },
  "the biases are not counted": {
    of: "parameter-counts",
    right: "(D + H) * H + H",
    wrong: "(D + H) * H",
    helps: /biases are missing/,
  },
  "each piece begins anew": {
    of: "truncated-bptt",
    right: "state = rnnForward(weights, xs.slice(t, t + k), state).caches.at(-1)!.h;",
    wrong: "state = h0;",
    helps: /the state does not/,
  },
};

const solution = buildPractical(built, "solution");

function changed({ of, right, wrong }: Wrong): Notebook {
  let places = 0;
  const cells = solution.cells.map((cell) => {
    if (cell.id !== of || !cell.source.includes(right)) return cell;
    places++;
    return { ...cell, source: cell.source.replace(right, wrong) };
  });
  assert.equal(places, 1, `the solution of ${of} has no ${right}`);
  return { ...solution, cells };
}

describe("practical 4", () => {
  it("gives nothing for a notebook in which nothing is written", async () => {
    const declared = declaredBy(buildPractical(built, "student"));
    for (const task of practical4) {
      assert.equal(typeof declared[task.entry], "function", task.entry);
      for (const tests of [task.tests, hiddenTests[task.name]!]) {
        const { outcome, points } = await examineTask(task, declared[task.entry], { tests });
        assert.deepEqual({ outcome, points }, { outcome: "blank", points: 0 }, task.name);
      }
    }
  });

  for (const [what, wrong] of Object.entries(wrongs)) {
    it(`refuses an answer to ${wrong.of} in which ${what}, and says what helps`, async () => {
      const task = practical4.find(({ name }) => name === wrong.of)!;
      const attempt = declaredBy(changed(wrong))[task.entry];
      const open = await examineTask(task, attempt);
      assert.equal(open.outcome, "missed");
      assert.match(open.advice ?? `no advice: ${open.message}`, wrong.helps);
      assert.match(open.message, /expected .+, got .+/);
      const hidden = await examineTask(task, attempt, { tests: hiddenTests[wrong.of]! });
      assert.ok(open.points + hidden.points < task.points);
    });
  }

  it("has 100 points in its public and hidden tests together", () => {
    const points = practical4.flatMap(({ name, tests }) =>
      [...tests, ...hiddenTests[name]!].map((test) => test.points),
    );
    assert.equal(
      points.reduce((sum, one) => sum + one, 0),
      100,
    );
  });
});
