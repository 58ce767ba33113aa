/** What would end a script must not end the kernel: it becomes an error of the cell. */
import type { Cell, CellContext } from "./cell-context.js";
import type { ErrorContent, FromMain } from "./link.js";

/**
 * @param describe an error as Jupyter shows it
 * @returns `process.exit` as it was
 */
export function installGuards(
  context: CellContext,
  post: (message: FromMain) => void,
  describe: (thrown: unknown) => ErrorContent,
): typeof process.exit {
  function fail(cell: Cell | undefined, thrown: unknown): void {
    if (cell?.isInterrupted) return;
    const error = describe(thrown);
    if (cell) cell.failure ??= error;
    post({ op: "publish", cell: cell?.id ?? 0, type: "error", content: JSON.stringify(error) });
  }

  process.on("uncaughtException", (error) => fail(context.culprit(), error));
  process.on("unhandledRejection", (reason, promise) => fail(context.culprit(promise), reason));
  process.on("SIGINT", () => {}); // Ctrl-C in the terminal is meant for the server; an interrupt comes as a message

  // Node writes warnings to the process' own stderr, where nobody who works in a notebook would see them
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    const isOurs = /on garbage collection/.test(warning.message); // what an interrupted cell had open
    if (warning.name !== "ExperimentalWarning" && !isOurs)
      process.stderr.write(`${warning.name}: ${warning.message}\n`);
  });

  const exit = process.exit.bind(process);
  process.exit = (code) => {
    throw new Error(`process.exit(${code ?? ""}) ends a script, but not the kernel: the cell stops here.`);
  };
  return exit;
}
