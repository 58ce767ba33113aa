import { bundleOf } from "../display/bundle.js";
import type { MimeBundle } from "../display/mime.js";

/** What a box shows for one question: bundles below one another, or a sentence that says why there are none. */
export type BoxAnswer = { readonly shown: readonly MimeBundle[] } | { readonly error: string };

/**
 * What `answer` returns, in forms that can be stored and sent. Where it returns no promise, neither does this.
 *
 * @param answer returns a value that `display` can show, a list of such, or nothing; it may throw
 */
export function boxAnswer(answer: () => unknown): BoxAnswer | Promise<BoxAnswer> {
  try {
    const value = answer();
    return isPromise(value) ? Promise.resolve(value).then(inForms).catch(asSentence) : inForms(value);
  } catch (error) {
    return asSentence(error);
  }
}

function inForms(value: unknown): BoxAnswer | Promise<BoxAnswer> {
  const values = Array.isArray(value) ? value : [value];
  const bundles = values.filter((each) => each !== undefined && each !== null).map(bundleOf);
  return bundles.some(isPromise)
    ? Promise.all(bundles)
        .then((ready) => ({ shown: ready.map(asJson) }))
        .catch(asSentence)
    : { shown: (bundles as MimeBundle[]).map(asJson) };
}

/** What remains of a bundle in a notebook's file: typed arrays become lists, the bytes of a picture base64. */
function asJson(bundle: MimeBundle): MimeBundle {
  const forms = Object.entries(bundle).map(([type, form]) => [
    type,
    form instanceof Uint8Array ? Buffer.from(form).toString("base64") : form,
  ]);
  return JSON.parse(JSON.stringify(Object.fromEntries(forms), plain)) as MimeBundle;
}

function plain(_: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as unknown as number[]);
  return typeof value === "bigint" ? String(value) : value;
}

/** The first line of what was thrown: the rest is for who wrote the code. */
function asSentence(thrown: unknown): BoxAnswer {
  const text = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  return { error: text.split("\n")[0]! };
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | undefined | null)?.then === "function";
}
