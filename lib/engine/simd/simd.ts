import { type Engine, EngineUnavailable } from "../engine.js";

/** @throws EngineUnavailable where there is none on this machine */
export function openSimd(): Engine {
  throw new EngineUnavailable("the simd engine is not built");
}
