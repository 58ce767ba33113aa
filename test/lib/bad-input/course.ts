import {
  build,
  centredDigit,
  check,
  checkAll,
  exercise,
  longRun,
  pointsFor,
  predict,
  result,
  startLongRun,
  storedRun,
  storedWeights,
  submit,
  tryChat,
  tryDrawing,
  tryPicture,
  tryText,
  zeros,
} from "unroll";
import type { Table } from "./refuses.js";

const nan = Number.NaN;
const lesson = { lesson: "00", name: "accuracy", value: 1, unit: "%", expected: [0, 2] as const, seconds: 1 };
const doubling = {
  name: "0.9",
  asks: "twice a number",
  hint: "Multiply by `2`.",
  solution: (x: number) => 2 * x,
  looks: [["3", (twice: (x: number) => number) => twice(3)]] as const,
  mistakes: [{ attempt: (x: number) => x * x, says: "That is the square." }],
};

const box = { title: "Try it", answer: () => "" };

export const course: Table = {
  result: [
    ["NaN", () => result({ ...lesson, value: nan }), /result: value NaN, .* expected finite numbers, and low ≤ high/],
    ["a range upside down", () => result({ ...lesson, expected: [2, 0] }), /expected 2 … 0.*low ≤ high/],
  ],
  longRun: [
    ["a path in the place of a name", () => longRun("../14-pixels"), /the run is "..\/14-pixels", expected a name/],
  ],
  storedRun: [
    ["a name without a lesson", () => storedRun("pixels"), /storedRun: the run is "pixels", expected a name/],
  ],
  storedWeights: [
    [
      "a path in the place of a name",
      () => storedWeights("/etc/14-w", { W: zeros(1, 1) }),
      /storedWeights: the run is "\/etc\/14-w", expected a name such as "14-pixel-by-pixel"/,
    ],
  ],
  startLongRun: [
    ["a name without a lesson", () => startLongRun("Pixels", { settings: {} }), /startLongRun: the run is "Pixels"/],
    ["no settings", () => startLongRun("14-w", { settings: undefined as never }), /settings are undefined, expected/],
    [
      "no time between checkpoints",
      () => startLongRun("14-w", { settings: {}, saveEverySeconds: nan }),
      /saveEverySeconds is NaN, expected a number > 0/,
    ],
    [
      "a result that is NaN",
      () =>
        startLongRun("14-w", { settings: {} }).record({
          name: "right",
          value: nan,
          unit: "%",
          expected: [0, 1] as const,
        }),
      /startLongRun: value NaN, expected 0 … 1: expected finite numbers/,
    ],
  ],
  check: [
    [
      "an exercise that is not there",
      () =>
        check(
          "0.99",
          build(1, 1, () => 0),
        ),
      /check: there is no exercise "0.99"/,
    ],
  ],
  checkAll: [
    ["a lesson without exercises", () => checkAll("99"), /checkAll: there are no exercises of lesson "99", there are/],
  ],
  exercise: [
    ["a name without a lesson", () => exercise({ ...doubling, name: "twice" }), /the name is "twice", expected one/],
    ["nothing to look at", () => exercise({ ...doubling, looks: [] }), /exercise 0.9: 0 looks and 1 mistakes/],
  ],
  pointsFor: [["a task that is not there", () => pointsFor("juggling", []), /pointsFor: there is no task "juggling"/]],
  submit: [
    [
      "a practical that is not there",
      () => submit("practical-99", { student: "ada" }),
      /there is no practical "practical-99"/,
    ],
    [
      "a student's name with a path",
      () => submit("practical-4", { student: "../ada" }),
      /the student is "..\/ada", expected/,
    ],
  ],
  predict: [
    [
      "a guess that is no choice",
      () => predict("Up?", "left", { choices: ["up", "down"] }),
      /guess is "left", expected/,
    ],
    ["a truth that is NaN", () => predict("How many?", 3).reveal(nan), /predict: the truth is NaN, expected finite/],
  ],
  centredDigit: [
    ["an empty page", () => centredDigit(build(9, 9, () => 0)), /centredDigit: nothing is drawn/],
    ["ink that is NaN", () => centredDigit(build(9, 9, () => nan)), /centredDigit: the drawing.* NaN/],
    ["ink beyond 1", () => centredDigit(build(9, 9, () => 255)), /drawing is 255, expected 0 \(paper\) … 1 \(ink\)/],
  ],
  tryText: [
    ["no example", () => tryText({ ...box, label: "text", examples: [] }), /tryText: expected at least one example/],
    ["no label", () => tryText({ ...box, label: "", examples: ["a"] }), /tryText: expected words for label, got ""/],
    ["a blank example", () => tryText({ ...box, label: "text", examples: [" "] }), /words for an example, got " "/],
  ],
  tryDrawing: [
    [
      "an example of another size",
      () => tryDrawing({ ...box, examples: [build(8, 8, () => 1)] }),
      /tryDrawing: example 0 is 8×8, expected 28×28/,
    ],
    [
      "an example with NaN",
      () => tryDrawing({ ...box, examples: [build(28, 28, () => nan)] }),
      /tryDrawing: the picture.* NaN/,
    ],
  ],
  tryPicture: [
    [
      "an address elsewhere",
      () => tryPicture({ ...box, pictures: [{ picture: "https://example.org/a.png", name: "a" }] }),
      /tryPicture: a picture is "https:\/\/example.org\/a.png", expected/,
    ],
    [
      "a picture without a name",
      () => tryPicture({ ...box, pictures: [{ picture: build(1, 1, () => 1), name: "" }] }),
      /tryPicture: picture 0: expected words for name/,
    ],
  ],
  tryChat: [
    ["no title", () => tryChat({ ...box, title: "", examples: ["Hello"] }), /tryChat: expected words for title/],
  ],
};
