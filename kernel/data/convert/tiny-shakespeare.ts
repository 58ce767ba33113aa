import { type Originals, textOf } from "../originals.js";

export function convertTinyShakespeare(originals: Originals): Record<string, string> {
  return { "tinyshakespeare.txt": textOf(originals.bytes("input.txt")) };
}
