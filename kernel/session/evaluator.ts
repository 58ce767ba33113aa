/** Code in, outcome out: compiled on the language thread, run on the main thread. */
import type { ErrorContent } from "../execution/link.js";
import { diagnosticsError } from "./diagnostics.js";
import type { Language } from "./language.js";
import type { MainThread } from "./main-thread.js";

export type Evaluation =
  | { status: "ok" /** JSON of an object with `data` and `metadata`. */; result?: string }
  | { status: "error"; error: ErrorContent; isShown: boolean };

export const INTERRUPTED: ErrorContent = {
  ename: "KeyboardInterrupt",
  evalue: "The cell was interrupted.",
  traceback: ["KeyboardInterrupt: The cell was interrupted. Its variables are kept."],
};

export class Evaluator {
  #giveUp: () => void = () => {};

  constructor(
    private readonly language: Language,
    private readonly main: MainThread,
  ) {}

  /**
   * @param cell a number that was never used before
   * @param title what people call it in a traceback
   * @param place its id in the notebook
   */
  async evaluate(code: string, cell: number, title: string, place?: string): Promise<Evaluation> {
    const interrupted = new Promise<"interrupted">((resolve) => {
      this.#giveUp = () => resolve("interrupted");
    });
    try {
      const compiled = await Promise.race([this.language.call("compile", code, cell), interrupted]);
      if (compiled === "interrupted") {
        this.language.abandon();
        return failure(INTERRUPTED);
      }
      if (!compiled.ok) return failure(diagnosticsError(compiled.diagnostics, code, title));
      const { javascript, sourceMap, sidecars } = compiled;
      const order = { op: "run", cell, title, code, javascript, sourceMap, sidecars } as const;
      const outcome = await this.main.run(place === undefined ? order : { ...order, place });
      return outcome.status === "interrupted" ? failure(INTERRUPTED) : outcome;
    } catch (error) {
      const evalue = (error as Error).message;
      return failure({ ename: "InternalError", evalue, traceback: [`InternalError: ${evalue}`] });
    }
  }

  async interrupt(): Promise<void> {
    this.#giveUp();
    await this.main.interrupt();
  }
}

function failure(error: ErrorContent): Evaluation {
  return { status: "error", error, isShown: false };
}
