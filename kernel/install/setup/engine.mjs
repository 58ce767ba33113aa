/** After the build: the native engine is compiled for this machine, which would else hold up the first cell for seconds. */
import { runQuietly } from "./run-quietly.mjs";

/** Where there is no compiler, or it fails, another engine takes its place, and `describe()` says why: nothing is lost. */
const SCRIPT = 'import("unroll").then(({ engine }) => engine()).catch(() => {})';

/** @param {{ onStart?: (pid: number | undefined) => void }} [options] */
export async function prepareEngine({ onStart } = {}) {
  await runQuietly([process.execPath, "-e", SCRIPT], {
    onStart,
    advice: "The engine could not be prepared: npx unroll doctor says what is wrong.",
  });
}
