import { SetupError } from "./project.mjs";
import { stopRunning } from "./run-quietly.mjs";

/**
 * Ctrl-C ends the step at work and what it has started; a second Ctrl-C does not wait for that.
 *
 * @template T
 * @param {string} sentence what the user is told then
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function stoppable(sentence, work) {
  let stopped = false;
  const stop = () => {
    if (stopped) process.exit(130);
    stopped = true;
    console.error("\nStopping …");
    stopRunning();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work();
  } catch (error) {
    if (stopped) throw new SetupError(sentence);
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
