import { Tokens } from "unroll";
import type { Row } from "./refuses.js";

/** T×B times the same token. */
export const tokens = (steps: number, batch: number, id = 1) =>
  new Tokens(steps, batch, new Int32Array(steps * batch).fill(id));

/** What every model refuses as that which reads. */
export const readers = (make: (reader: never) => unknown): Row[] => [
  ["no cell", () => make(undefined as never), /asLayer: got undefined, expected a cell or a layer, such as lstm/],
  ["the name of a cell", () => make("lstm" as never), /asLayer: got lstm, expected a cell or a layer/],
];
