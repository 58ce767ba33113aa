/** A value as a MIME bundle. */
import { inspect } from "node:util";

export type MimeBundle = Record<string, unknown>;

/** Deno's convention: an object with this method renders itself. */
export const DISPLAY = Symbol.for("Jupyter.display");

/** How long an object may take to render itself, in milliseconds. */
const PATIENCE = 2000;
const MAX_TEXT = 100_000;

/** JSON of `{ data, metadata }` for the value of a cell's last expression; undefined where there is nothing to show. */
export async function resultJson(value: unknown): Promise<string | undefined> {
  if (value === undefined) return undefined;
  return (await ownBundle(value)) ?? json({ "text/plain": plainText(value) });
}

/**
 * JSON of a bundle and its metadata. Typed arrays become arrays, binary images become base64.
 *
 * @param more fields beside `data` and `metadata`
 * @throws TypeError where the bundle is none, or cannot be written as JSON
 */
export function json(bundle: MimeBundle, metadata: object = {}, more: object = {}): string {
  if (typeof bundle !== "object" || bundle === null)
    throw new TypeError(`Expected a MIME bundle such as { "text/plain": … }, got ${inspect(bundle, { depth: 0 })}.`);
  const data = Object.fromEntries(Object.entries(bundle).map(([type, content]) => [type, binaryAsText(content)]));
  return JSON.stringify({ data, metadata, ...more }, plainData);
}

/** The object's own rendering; undefined where it has none or its method throws, hangs or returns no bundle. */
async function ownBundle(value: unknown): Promise<string | undefined> {
  try {
    const render = (value as { [DISPLAY]?: unknown } | null)?.[DISPLAY];
    if (typeof render !== "function") return undefined;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("too slow")), PATIENCE);
    });
    const bundle = await Promise.race([render.call(value), patience]).finally(() => clearTimeout(timer));
    return json(bundle as MimeBundle);
  } catch {
    return undefined;
  }
}

function plainText(value: unknown): string {
  try {
    const text = inspect(value, { colors: false, depth: 3, maxArrayLength: 100, maxStringLength: 10_000 });
    return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… ${text.length - MAX_TEXT} more characters` : text;
  } catch (error) {
    return `[a value that cannot be shown: ${error instanceof Error ? error.message : "its inspection threw"}]`;
  }
}

function binaryAsText(content: unknown): unknown {
  return content instanceof Uint8Array ? Buffer.from(content).toString("base64") : content;
}

function plainData(_: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as ArrayLike<number>);
  return typeof value === "bigint" ? String(value) : value;
}
