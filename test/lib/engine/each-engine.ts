import { type EngineName, useEngine } from "unroll";
import { EngineUnavailable } from "unroll/engine/engine.js";
import { skip } from "../../support/needs.js";

export const engineNames: readonly EngineName[] = ["reference", "native", "simd", "tensorflow"];

/** Tests that run on each engine; where the machine has not got one, they are skipped. */
export function onEachEngine(tests: (name: EngineName) => void): void {
  for (const name of engineNames) {
    describe(`on the ${name} engine`, () => {
      before(async function () {
        try {
          await useEngine(name);
        } catch (error) {
          if (!(error instanceof EngineUnavailable)) throw error;
          skip(this, error.message);
        }
      });
      after(() => useEngine("auto"));
      tests(name);
    });
  }
}
