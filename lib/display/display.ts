import { inspect } from "node:util";
import { host } from "./host.js";
import { type Displayable, jupyterDisplay, type MimeBundle } from "./mime.js";

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

/** A large value is cut, as it is where it is the result of a cell. */
const LIMITS = { depth: 3, maxArrayLength: 100, maxStringLength: 10_000 };

function bundleOf(value: unknown): MimeBundle | Promise<MimeBundle> {
  if (isDisplayable(value)) return value[jupyterDisplay]();
  if (isBundle(value)) return value;
  return { "text/plain": typeof value === "string" ? value : inspect(value, LIMITS) };
}

function isDisplayable(value: unknown): value is Displayable {
  return typeof (value as Partial<Displayable> | undefined | null)?.[jupyterDisplay] === "function";
}

/** A plain object all of whose keys look like MIME types. */
function isBundle(value: unknown): value is MimeBundle {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^[a-z]+\/[\w.+-]+$/.test(key));
}
