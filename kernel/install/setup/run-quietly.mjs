import { spawn } from "node:child_process";
import { projectFolder, SetupError } from "./project.mjs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
let stopped = false;

/** Ends the programs that the set-up has started, and theirs; from then on none is started. */
export function stopRunning() {
  stopped = true;
  for (const child of running) endGroup(child);
  // npm would first undo, for ten seconds, what the next set-up clears anyway.
  setTimeout(() => {
    for (const child of running) endGroup(child, "SIGKILL");
  }, 1000).unref();
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function endGroup(child, signal = "SIGTERM") {
  try {
    if (process.platform === "win32" || child.pid === undefined) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/**
 * Runs a program without showing what it prints, and gives that back.
 *
 * @param {string[]} command program and arguments
 * @param {object} [options]
 * @param {string} [options.advice] the sentence that is shown when the program fails
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.cwd]
 * @param {number} [options.timeout] milliseconds until the program is ended; 0 is never
 * @param {(pid: number | undefined) => void} [options.onStart]
 * @returns {Promise<string>} everything it printed
 */
export async function runQuietly(command, options = {}) {
  const { advice, env = process.env, cwd = projectFolder, timeout = 0, onStart } = options;
  if (stopped) throw new SetupError("The set-up was stopped.");
  const [program = "", ...programArguments] = command;
  const child = spawn(program, programArguments, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, which can be ended as a whole, and which Ctrl-C reaches only through us.
    detached: process.platform !== "win32",
    // Windows starts npm.cmd only through its shell.
    shell: program.endsWith(".cmd"),
    windowsHide: true,
  });
  running.add(child);
  onStart?.(child.pid);
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  child.stderr.on("data", (chunk) => chunks.push(chunk));
  const timer = timeout > 0 ? setTimeout(() => endGroup(child), timeout) : undefined;
  const failure = await new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code === 0 ? "" : `ended with ${signal ?? `exit code ${code}`}`));
  });
  clearTimeout(timer);
  running.delete(child);
  const output = Buffer.concat(chunks).toString();
  if (!failure) return output;
  throw new SetupError(advice ?? `${command.join(" ")} failed: ${failure}`, {
    output: `$ ${command.join(" ")}\n${output}(${failure})\n`,
  });
}
