/** Built-in objects and the library, replaced. */
import { type Attack, before } from "./honest.js";

export const overwrites: readonly Attack[] = [
  {
    name: "overwrites check and assert",
    content: before(
      "const check = () => true; const assert = () => {}; (globalThis as any).assert = (globalThis as any).check = check;",
    ),
  },
  {
    name: "overwrites Array.prototype",
    content: before(`const always: any = () => true;
for (const name of ["every", "some", "includes"] as const) (Array.prototype as any)[name] = always;
(Array.prototype as any).map = () => []; (Array.prototype as any)[Symbol.iterator] = function* () {};`),
  },
  {
    name: "overwrites JSON",
    content: before(`JSON.stringify = () => '{"id":1,"ok":true,"value":[0,1]}'; JSON.parse = () => ({ op: "cell" });`),
  },
  { name: "overwrites Math", content: before("Math.abs = () => 0; Math.max = () => 0;") },
  {
    name: "overwrites Number and Object",
    content: before(
      "Number.isFinite = () => true; Object.is = () => true; Object.keys = () => []; Object.entries = () => [];",
    ),
  },
  {
    name: "overwrites toJSON and valueOf",
    content: before(
      '(Object.prototype as any).toJSON = () => "right"; Object.prototype.valueOf = () => 1; Object.defineProperty(Object.prototype, "id", { get: () => 1 });',
    ),
  },
  {
    name: "replaces library modules",
    content: before(`import * as unroll from "unroll";
try { (unroll as any).build = () => 0; } catch {}
try { for (const name of Object.keys((require as any).cache)) (require as any).cache[name].exports = {}; } catch {}
(unroll.Matrix.prototype as any).toRows = () => [[0]];`),
  },
  {
    name: "replaces Matrix with one that equals everything",
    content: before(
      "import * as u from 'unroll'; Object.defineProperty(u.Matrix, Symbol.hasInstance, { value: () => true });",
    ),
  },
  {
    name: "overwrites promises",
    content: before(`const always = { value: 1, ok: true, then: undefined };
(Promise.prototype as any).then = function (this: any, done: any) { done?.(always); return this; };
(Promise as any).resolve = () => always; (globalThis as any).Promise = function () {};`),
  },
  {
    name: "overwrites what reads errors",
    content: before(`const seen: string[] = [];
(Error as any).prepareStackTrace = (_: unknown, sites: any[]) => {
  for (const site of sites) {
    const [self, that] = [site.getFunction?.(), site.getThis?.()];
    if (/runCell|serve|expected/.test(String(self)) || that?.expected) seen.push(String(self));
  }
  return "";
};
void new Error("look").stack;
if (seen.length > 0) throw new Error("SEEN " + seen);`),
  },
  {
    name: "overwrites typed arrays",
    content: before(`Object.defineProperty(Uint8Array.prototype, "length", { get: () => 0 });
(Uint8Array.prototype as any).subarray = () => new Uint8Array(0); (TextDecoder.prototype as any).decode = () => "{}";
(Reflect as any).apply = () => true; (Function.prototype as any).call = () => true;`),
  },
  {
    name: "overwrites Symbol.hasInstance and species",
    content: before(`for (const type of [Array, Promise, Map, Float64Array] as any[]) {
  Object.defineProperty(type, Symbol.hasInstance, { value: () => true });
  Object.defineProperty(type, Symbol.species, { get: () => Object, configurable: true });
}`),
  },
];
