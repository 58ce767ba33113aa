import { inspect } from "node:util";
import { type Displayable, jupyterDisplay, type MimeBundle } from "./mime.js";

/** A large value is cut, as it is where it is the result of a cell. */
const LIMITS = { depth: 3, maxArrayLength: 100, maxStringLength: 10_000 };

/** The forms of any value: its own, those of a bundle, or its text. */
export function bundleOf(value: unknown): MimeBundle | Promise<MimeBundle> {
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
