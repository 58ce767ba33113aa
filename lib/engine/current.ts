import type { Engine } from "./engine.js";
import { referenceEngine } from "./reference.js";

/** "auto" takes the fastest engine there is. */
export type EngineName = "auto" | "reference";

let current: Engine = referenceEngine();

/**
 * The engine that computes all matrix products.
 *
 * @example
 * console.log(engine().name); // reference
 */
export function engine(): Engine {
  return current;
}

/**
 * Chooses the engine that computes all matrix products from here on.
 *
 * @param name "auto" for the fastest one there is, or an engine's name
 * @returns the engine
 * @throws when there is no engine of that name
 *
 * @example
 * const chosen = await useEngine("auto");
 * console.log(chosen.name);
 */
export async function useEngine(name: EngineName): Promise<Engine> {
  if (name !== "auto" && name !== "reference") {
    throw new RangeError(`useEngine: there is no engine "${name}" here, take "auto" or "reference"`);
  }
  if (current.name !== "reference") current = referenceEngine();
  return current;
}
