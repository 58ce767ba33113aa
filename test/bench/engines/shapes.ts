/** What is measured: five shapes of training, one of writing, for three cells. */

export const CELLS = ["rnn", "lstm", "gru"] as const;
export type CellName = (typeof CELLS)[number];

export interface Shape {
  /** Steps, sequences side by side, numbers a step, hidden units. */
  readonly T: number;
  readonly B: number;
  readonly I: number;
  readonly H: number;
  /** Classes, or tokens of the vocabulary. */
  readonly outputs: number;
  /**
   * "numbers": T×B×I of them, and one class read from the last state. "tokens": T×B of them, looked up in an embedding
   * of width I whose rows are learned too, and the next token read from the state after every step.
   */
  readonly reads: "numbers" | "tokens";
}

export const SHAPES = {
  XS: { T: 20, B: 16, I: 16, H: 32, outputs: 10, reads: "numbers" },
  S: { T: 28, B: 64, I: 28, H: 128, outputs: 10, reads: "numbers" },
  C: { T: 64, B: 32, I: 96, H: 256, outputs: 96, reads: "tokens" },
  L: { T: 64, B: 64, I: 256, H: 512, outputs: 10, reads: "numbers" },
  P: { T: 784, B: 64, I: 1, H: 128, outputs: 10, reads: "numbers" },
} as const satisfies Record<string, Shape>;
export type ShapeName = keyof typeof SHAPES;

/** The shape that is written with: one step of one text. */
export const WRITING: ShapeName = "C";

export const TASKS = ["train", "generate"] as const;
export type Task = (typeof TASKS)[number];

/**
 * What a contestant is asked to do over and over. "train": forward, softmax and cross-entropy, back-propagation
 * through time, Adam. "generate": one token in, the logits of the next one and the state out. "epoch": once through the
 * 60,000 pictures of MNIST. "product": H×H times H×H.
 */
export interface Work extends Shape {
  readonly task: Task | "epoch" | "product";
  readonly cell: CellName;
}

/** A line of the table. */
export interface Job extends Work {
  readonly task: Task;
  readonly shape: ShapeName;
}

/** The jobs of these shapes, cells and tasks, in the order of the table. */
export function jobs(shapes: readonly ShapeName[], cells: readonly CellName[], tasks: readonly Task[]): Job[] {
  return tasks.flatMap((task) =>
    shapes
      .filter((shape) => task === "train" || shape === WRITING)
      .flatMap((shape) => cells.map((cell) => ({ ...at(SHAPES[shape], task), task, shape, cell }))),
  );
}

function at(shape: Shape, task: Task): Shape {
  return task === "train" ? shape : { ...shape, T: 1, B: 1 };
}

/** The largest product that is measured: what comes closest to the most that the machine can do. */
export const LARGE_PRODUCT: Work = {
  task: "product",
  cell: "rnn",
  T: 1,
  B: 1,
  I: 1,
  H: 1024,
  outputs: 1,
  reads: "numbers",
};

const GATES: Record<CellName, number> = { rnn: 1, lstm: 4, gru: 3 };

/**
 * Multiplications and additions of the matrix products that the work cannot do without, in 10⁹.
 *
 * Training does each product of the forward pass again for the weights' gradient, and again for what is sent further
 * back, which the first layer's input needs only where it is learned, as an embedding is.
 */
export function gigaOperations({ task, cell, T, B, I, H, outputs, reads }: Work): number {
  if (task === "product") return (2 * H ** 3) / 1e9;
  const width = GATES[cell] * H;
  const rows = T * B;
  const input = 2 * rows * I * width;
  const recurrent = 2 * rows * H * width;
  const readout = 2 * (reads === "tokens" ? rows : B) * H * outputs;
  if (task === "generate") return (input + recurrent + readout) / 1e9;
  const batches = task === "epoch" ? 60_000 / B : 1;
  return (batches * (input * (reads === "tokens" ? 3 : 2) + recurrent * 3 + readout * 3)) / 1e9;
}
