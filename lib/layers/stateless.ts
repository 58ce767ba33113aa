import type { Layer, NoState } from "./layer.js";

/** What a layer without memory has in place of a state. */
export function stateless(name: string): Pick<Layer<never, NoState>, "initialState" | "summary" | "summaryBackward"> {
  const none = (): never => {
    throw new RangeError(`${name}: it remembers nothing and so has no summary: put a recurrent layer on top`);
  };
  return { initialState: () => ({}), summary: none, summaryBackward: none };
}
