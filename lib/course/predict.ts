import { display } from "../display/display.js";
import { escapeHtml } from "../display/mime.js";
import { shortNumber } from "../display/table.js";
import { bars } from "../plot/bars.js";
import { curves } from "../plot/curves.js";
import type { Figure } from "../plot/figure.js";
import { isBlank } from "./difference.js";

/** A number, one for each of several places, or one of several words. */
export type Guess = number | readonly number[] | string;

export interface PredictOptions {
  /** What the number is measured in: "%", "steps". */
  readonly unit?: string;
  /** The words between which one chooses. */
  readonly choices?: readonly string[];
  /** What several numbers stand over: "distance in steps". They are drawn as curves. */
  readonly x?: string;
  readonly yScale?: "linear" | "log";
}

/** A guess, to be laid beside the truth. */
export interface Prediction<G extends Guess = Guess> {
  readonly question: string;
  /** undefined where none was made. */
  readonly guess: G | undefined;
  /** Shows the truth beside the guess; the truth alone where there is no guess. */
  reveal(truth: G): void;
}

const MIME = "application/vnd.unroll.prediction+json";

/**
 * Asks for a guess before the experiment runs. Later `reveal` shows it beside the truth. Where there is no guess, it
 * says so, and everything runs on.
 *
 * @param question what is foreseen, a sentence that ends in "?"
 * @param guess a number, a list of numbers or one of the choices; undefined, NaN, "" or [] for none
 * @throws when the guess is none of the choices; `reveal` throws when the truth is no number, or there are not as many
 *   as in the guess
 *
 * @example
 * const weights = predict("How many weights has an RNN with 2 inputs and 2 units?", 8, { unit: "weights" });
 * weights.reveal(rnn(2, 2).parameterCount); // your guess 8, truth 10
 */
export function predict(question: string, guess: undefined | null, options?: PredictOptions): Prediction;
export function predict(
  question: string,
  guess: number | undefined | null,
  options?: PredictOptions,
): Prediction<number>;
export function predict(
  question: string,
  guess: string | undefined | null,
  options?: PredictOptions,
): Prediction<string>;
export function predict(
  question: string,
  guess: readonly number[] | undefined | null,
  options?: PredictOptions,
): Prediction<readonly number[]>;
export function predict(question: string, guess: Guess | undefined | null, options: PredictOptions = {}): Prediction {
  const { choices } = options;
  const made = isBlank(guess) ? undefined : (guess as Guess);
  if (choices && made !== undefined && !choices.includes(String(made))) {
    throw new RangeError(`predict: the guess is "${made}", expected one of ${choices.map((c) => `"${c}"`).join(", ")}`);
  }
  const said = made === undefined ? "no guess yet: write one into the cell" : `your guess: ${told(made, options)}`;
  show(question, said, { question, guess: made ?? null });
  return {
    question,
    guess: made,
    reveal(truth) {
      check(truth, made);
      const about = { question, guess: made ?? null, truth };
      const both = `${made === undefined ? "" : `your guess: ${told(made, options)} · `}truth: ${told(truth, options)}`;
      show(question, both, about);
      if (typeof truth !== "string") display(picture(truth, made, options));
    },
  };
}

function check(truth: Guess, guess: Guess | undefined): void {
  const numbers = typeof truth === "string" ? [] : [truth].flat();
  if (!numbers.every(Number.isFinite)) throw new RangeError(`predict: the truth is ${truth}, expected finite numbers`);
  if (guess === undefined) return;
  const [a, b] = [kindOf(truth), kindOf(guess)];
  if (a !== b) throw new RangeError(`predict: the guess is ${b} and the truth ${a}, expected them alike`);
}

const kindOf = (value: Guess) => (typeof value === "object" ? `a list of ${value.length}` : `a ${typeof value}`);

function told(value: Guess, { unit = "" }: PredictOptions): string {
  const numbers = [value].flat().map((v) => (typeof v === "number" ? shortNumber(v) : String(v)));
  return `${numbers.join(", ")}${unit && typeof value !== "string" ? ` ${unit}` : ""}`;
}

function show(question: string, said: string, data: object): void {
  display({
    [MIME]: data,
    "text/html":
      '<div style="border-left:4px solid #0072B2;padding:.3em .8em">' +
      `${escapeHtml(question)}<br><b>${escapeHtml(said)}</b></div>`,
    "text/plain": `${question}\n  ${said}`,
  });
}

/** One number as bars, many as curves, the guess before the truth. */
function picture(truth: Exclude<Guess, string>, guess: Guess | undefined, options: PredictOptions): Figure {
  const { unit = "", x = "", yScale = "linear" } = options;
  const title = "guess and truth";
  if (typeof truth === "number") {
    const values: Record<string, number> = typeof guess === "number" ? { "your guess": guess, truth } : { truth };
    return bars(values, { title, y: unit, yScale });
  }
  const made = typeof guess === "object" ? [{ name: "your guess", y: guess }] : [];
  return curves([...made, { name: "truth", y: truth }], { title, x, y: unit, yScale });
}
