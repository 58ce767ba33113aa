/** Boxes with which a lesson ends: one asks the trained model oneself. */
import { greyPng } from "../display/png.js";
import { checkFinite } from "../math/finite.js";
import { Matrix } from "../math/matrix.js";
import { type Box, type BoxExample, showBox } from "./box.js";
import { centredDigit } from "./centred-digit.js";

/** A box is shown when it is made; where its answers are promises, so is that. */
export type BoxShown<A> = A extends PromiseLike<unknown> ? Promise<void> : undefined;

export interface TryTextOptions<A> {
  readonly title: string;
  /** What stands above the field: "A sentence about a film". */
  readonly label: string;
  readonly examples: readonly string[];
  /** Returns what `display` can show, a list of such, or a promise of it. */
  readonly answer: (text: string) => A;
}

export interface TryDrawingOptions<A> {
  readonly title: string;
  /** 28×28, 0 (paper) … 1 (ink). */
  readonly examples: readonly Matrix[];
  /** Gets a picture like those of MNIST: 28×28, 0 … 1, float32, see `centredDigit`. */
  readonly answer: (picture: Matrix) => A;
}

export interface TryPictureOptions<A> {
  readonly title: string;
  /** Each a matrix, 0 (black) … 1 (white), or a `data:` address of a picture. */
  readonly pictures: readonly { readonly picture: Matrix | string; readonly name: string }[];
  /** Gets the number of the picture, 0 …. */
  readonly answer: (index: number) => A;
}

/** What was said in a chat before. */
export interface ChatTurn {
  readonly you: string;
  readonly reply: string;
}

export interface TryChatOptions<A> {
  readonly title: string;
  /** Ways to begin. */
  readonly examples: readonly string[];
  /** Returns the reply, or a list of the reply and what is shown below the talk, or a promise of it. */
  readonly answer: (text: string, turns: readonly ChatTurn[]) => A;
}

/** A longer text is no question, but a mistake in what was pasted. */
const LONGEST = 10_000; // characters
const DIGIT = 28;

/**
 * A field for a text, with the model's answer below it. The box is shown at once, where the call stands, with the answers to
 * its examples: call it in a lesson's last statement, and `await` it where `answer` returns promises. In JupyterLab it goes
 * on answering after the cell has ended, until the cell is run again.
 *
 * @throws when there is no title, no label or no example
 *
 * @example
 * tryText({
 *   title: "How long is it?",
 *   label: "Any text",
 *   examples: ["seven", "eleven"],
 *   answer: (text) => [`${text.length} letters`, plot.bars({ letters: text.length })],
 * });
 */
export function tryText<A>({ title, label, examples, answer }: TryTextOptions<A>): BoxShown<A> {
  checkWords("tryText", { title, label });
  return shown("tryText", {
    kind: "text",
    title,
    label,
    examples: examples.map((text) => ({ name: text, question: text })),
    read: (data) => textIn(data),
    answer,
  });
}

/**
 * A canvas for a digit, with the model's answer beside it. What is drawn is scaled and centred as MNIST's digits are before
 * the model reads it. It is shown as `tryText` is.
 *
 * @throws when there is no title or no example, or an example is not 28×28
 *
 * @example
 * const { test } = mnist();
 * tryDrawing({
 *   title: "How much ink?",
 *   examples: [test.pixels(0), test.pixels(1)],
 *   answer: (picture) => `${[...picture.data].reduce((sum, ink) => sum + ink, 0).toFixed(0)} pixels`,
 * });
 */
export function tryDrawing<A>({ title, examples, answer }: TryDrawingOptions<A>): BoxShown<A> {
  checkWords("tryDrawing", { title });
  return shown("tryDrawing", {
    kind: "drawing",
    title,
    examples: examples.map((picture, i): BoxExample<Matrix> => {
      if (picture.rows !== DIGIT || picture.cols !== DIGIT) {
        throw new RangeError(`tryDrawing: example ${i} is ${picture.rows}×${picture.cols}, expected ${DIGIT}×${DIGIT}`);
      }
      return { name: `example ${i + 1}`, picture: addressOf("tryDrawing", picture), question: picture };
    }),
    read: (data, buffers) => centredDigit(drawingIn(data, buffers)),
    seen: (picture) => addressOf("tryDrawing", picture),
    answer,
  });
}

/**
 * Pictures of which one is picked, with the model's answer below. It is shown as `tryText` is.
 *
 * @throws when there is no title or no picture, a picture has no name, or is neither a matrix nor a `data:` address
 *
 * @example
 * const pictures = [0, 1].map((shade) => ({ picture: build(28, 28, () => shade), name: shade ? "white" : "black" }));
 * tryPicture({ title: "Which shade?", pictures, answer: (index) => `It is ${pictures[index]!.name}.` });
 */
export function tryPicture<A>({ title, pictures, answer }: TryPictureOptions<A>): BoxShown<A> {
  checkWords("tryPicture", { title });
  return shown("tryPicture", {
    kind: "picture",
    title,
    examples: pictures.map(({ picture, name }, i) => {
      checkWords(`tryPicture: picture ${i}`, { name });
      return { name, picture: addressOf("tryPicture", picture), question: i };
    }),
    read: (data) => indexIn(data, pictures.length),
    answer,
  });
}

/**
 * A talk with the model. Each answer is told what was said before. It is shown as `tryText` is.
 *
 * @throws when there is no title or no example
 *
 * @example
 * tryChat({
 *   title: "An echo",
 *   examples: ["Hello"],
 *   answer: (text, turns) => `${text}, for time ${turns.length + 1}`,
 * });
 */
export function tryChat<A>({ title, examples, answer }: TryChatOptions<A>): BoxShown<A> {
  checkWords("tryChat", { title });
  return shown("tryChat", {
    kind: "chat",
    title,
    examples: examples.map((text) => ({ name: text, question: { text, turns: [] as readonly ChatTurn[] } })),
    read: (data) => ({ text: textIn(data), turns: turnsIn(data) }),
    answer: ({ text, turns }) => answer(text, turns),
  });
}

function shown<Q, A>(caller: string, box: Box<Q>): BoxShown<A> {
  if (box.examples.length === 0) throw new RangeError(`${caller}: expected at least one example, got none`);
  for (const { name } of box.examples) checkWords(caller, { "an example": name });
  return showBox(box) as BoxShown<A>;
}

function checkWords(caller: string, words: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(words)) {
    if (typeof text !== "string" || text.trim() === "") {
      throw new RangeError(`${caller}: expected words for ${name}, got ${JSON.stringify(text) ?? "nothing"}`);
    }
  }
}

function addressOf(caller: string, picture: Matrix | string): string {
  if (typeof picture === "string") {
    if (/^data:image\/(png|jpeg|webp|gif);base64,/.test(picture)) return picture;
    throw new RangeError(
      `${caller}: a picture is "${picture.slice(0, 40)}", expected a matrix or "data:image/png;base64,…"`,
    );
  }
  checkFinite(`${caller}: the picture`, picture);
  const { rows, cols } = picture;
  const bytes = Uint8Array.from({ length: rows * cols }, (_, i) =>
    Math.round(255 * Math.min(1, Math.max(0, picture.at(Math.floor(i / cols), i % cols)))),
  );
  return `data:image/png;base64,${greyPng(bytes, cols, rows)}`;
}

// what comes from the front end is data that anybody may have sent

function textIn(data: unknown): string {
  const { text } = data as { text?: unknown };
  if (typeof text !== "string" || text.trim() === "")
    throw new RangeError("There is no text: write one into the field.");
  if (text.length > LONGEST)
    throw new RangeError(`The text has ${text.length} characters, at most ${LONGEST} are read.`);
  return text;
}

function turnsIn(data: unknown): ChatTurn[] {
  const { turns } = data as { turns?: unknown };
  const isTurn = (turn: Partial<ChatTurn> | null) => typeof turn?.you === "string" && typeof turn.reply === "string";
  if (!Array.isArray(turns) || !turns.every(isTurn)) throw new RangeError("What was said before is missing.");
  return turns.map(({ you, reply }: ChatTurn) => ({ you, reply }));
}

function indexIn(data: unknown, count: number): number {
  const { index } = data as { index?: unknown };
  if (!(Number.isInteger(index) && (index as number) >= 0 && (index as number) < count)) {
    throw new RangeError(`There is no picture ${String(index)}, there are 0 … ${count - 1}.`);
  }
  return index as number;
}

function drawingIn(data: unknown, [bytes]: readonly Uint8Array[]): Matrix {
  const side = Number((data as { side?: unknown }).side);
  if (!bytes || bytes.length !== side * side) throw new RangeError("The drawing has not come whole: draw it again.");
  return new Matrix(
    side,
    side,
    Float32Array.from(bytes, (byte) => byte / 255),
  );
}
