import type { Engine, EngineName } from "unroll";
import { EngineUnavailable } from "unroll/engine/engine.js";
import { skip } from "../../support/needs.js";
import { endures } from "./endurance-behaviour.js";
import { kernelsEqualReference } from "./kernel-behaviour.js";
import { sequencesEqualCells } from "./recurrence-behaviour.js";

/**
 * The behaviours that every engine must show: each kernel equals the reference engine's, whole sequences equal the
 * readable cells, and nothing stays behind.
 *
 * @param open the engine; where the machine has not got it, its tests are skipped
 */
export function behavesLikeReference(name: EngineName, open: () => Engine | Promise<Engine>): void {
  describe(`the ${name} engine`, () => {
    let engine: Engine;

    before(async function () {
      try {
        engine = await open();
      } catch (error) {
        if (!(error instanceof EngineUnavailable)) throw error;
        skip(this, `There is no ${name} engine: ${error.message}.`);
      }
    });

    kernelsEqualReference(() => engine);
    sequencesEqualCells(() => engine, name === "native" || name === "simd");
    endures(() => engine);
  });
}
