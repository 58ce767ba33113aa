import { bundleOf } from "./bundle.js";
import { host } from "./host.js";

/** Where an output goes. */
export interface DisplayOptions {
  /** A name for the output, by which it can be replaced later. */
  readonly id?: string;
  /** Replace the output shown under `id`. */
  readonly update?: boolean;
}

/**
 * Shows a value: a figure, a bundle `{ "text/html": …, "text/plain": … }`, or anything else as text.
 *
 * In a notebook it appears below the cell, at once, also in the middle of a long computation. In a script its words are
 * printed.
 *
 * @param value what is shown
 * @throws when `update` is set without `id`
 *
 * @example
 * display("half way", { id: "status" });
 * display("done", { id: "status", update: true });
 */
export function display(value: unknown, { id, update = false }: DisplayOptions = {}): void {
  if (update && id === undefined) throw new Error("display: update needs the id of the output that it replaces");
  const bundle = bundleOf(value);
  const options = { ...(id === undefined ? {} : { id }), update };
  if (bundle instanceof Promise) bundle.then((ready) => host().show(ready, options));
  else host().show(bundle, options);
}

/**
 * Clears the outputs of the cell; with `wait` only when the next one comes, which avoids flicker.
 *
 * `clearOutput({ wait: true })` says at the call what is true; `clearOutput(true)` is the same.
 */
export function clearOutput(options: boolean | { wait?: boolean } = {}): void {
  const { wait = false } = typeof options === "boolean" ? { wait: options } : options;
  host().clear({ wait });
}
