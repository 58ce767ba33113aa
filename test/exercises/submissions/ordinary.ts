/** Submissions as they come in, with what each is worth. */
import type { Notebook } from "#kernel/client/notebook.js";
import { code, notebook, solutions } from "../sample/source.js";

export interface Sample {
  readonly name: string;
  /** A notebook, or the content of a file that is none. */
  readonly content: Notebook | string | Uint8Array;
  readonly score: number;
  /** Parts of messages and notes that a report must have. */
  readonly says?: readonly RegExp[];
}

const { "rnn-step": step, "rnn-backward": backward, normalise, classify } = solutions;

function changed(change: (notebook: Notebook) => void): Notebook {
  const made = notebook(solutions);
  change(made);
  return made;
}

export const ordinary: readonly Sample[] = [
  { name: "perfect", content: notebook(solutions), score: 100 },
  { name: "empty", content: notebook(), score: 0 },
  { name: "half", content: notebook({ "rnn-step": step, normalise }), score: 50 },
  {
    name: "wrong sign in the gradient",
    content: notebook({ ...solutions, "rnn-backward": backward.replace("(1 - next", "-(1 - next") }),
    score: 70,
    says: [/"wrong"/],
  },
  {
    name: "only right where scores are small",
    content: notebook({ ...solutions, normalise: normalise.replace("Math.max(...scores)", "0") }),
    score: 85,
  },
  {
    name: "all labels the same",
    content: notebook({ ...solutions, classify: classify.replace("labels[nearest]!", "1") }),
    score: 80,
  },
  {
    name: "a crash",
    content: notebook({
      ...solutions,
      "rnn-step": `${step.replace("return build", 'throw new Error("not done"); return build')}`,
    }),
    score: 40,
    says: [/Error: not done/],
  },
  {
    name: "a type error in one cell",
    content: notebook({ ...solutions, normalise: `${normalise}\nconst n: number = "one";` }),
    score: 80,
    says: [/line 7: Type 'string' is not assignable to type 'number'/],
  },
  {
    name: "a timeout",
    content: notebook({ ...solutions, normalise: normalise.replace("const largest", "for (;;) {}\n  const largest") }),
    score: 80,
    says: [/normalise: it took too long/],
  },
  {
    name: "a cell that never ends",
    content: changed(({ cells }) => cells.splice(3, 0, code("mine", "for (;;) {}"))),
    score: 100,
    says: [/"cell": "mine",\s+"message": "it took too long"/],
  },
  {
    name: "a cell of the student's own",
    content: changed(({ cells }) => {
      cells.splice(4, 0, code("mine", "const total = (list: readonly number[]) => list.reduce((a, b) => a + b);"));
      cells[5]!.source = cells[5]!.source.replace("powers.reduce((a, b) => a + b)", "total(powers)");
    }),
    score: 100,
  },
  {
    name: "the lecturer's cell edited",
    content: changed(({ cells }) => {
      cells[1]!.source = "throw new Error('edited');";
    }),
    score: 100,
    says: [/"edited": \[\s+"set-up"\s+\]/],
  },
  {
    name: "the lecturer's cell deleted",
    content: changed(({ cells }) => cells.splice(1, 1)),
    score: 100,
    says: [/"deleted": \[\s+"set-up"\s+\]/],
  },
  {
    name: "an answer deleted",
    content: changed(({ cells }) => cells.splice(4, 1)),
    score: 80,
    says: [/"deleted": \[\s+"normalise"/],
  },
  {
    name: "cells in another order",
    content: changed(({ cells }) => cells.push(...cells.splice(1, 1))),
    score: 100,
    says: [/"reordered": \[\s+"set-up"\s+\]/],
  },
  {
    name: "an answer twice",
    content: changed(({ cells }) =>
      cells.splice(5, 0, { ...cells[4]!, source: normalise.replace("largest);", "largest + 0);") }),
    ),
    score: 100,
    says: [/"duplicated": \[\s+"normalise"\s+\]/],
  },
  {
    name: "promises are awaited",
    content: notebook({ ...solutions, normalise: `async ${normalise.replace("number[] {", "Promise<number[]> {")}` }),
    score: 100,
  },
];
