import { type Engine, EngineUnavailable } from "../engine.js";

/** @throws EngineUnavailable where there is none on this machine */
export function openNative(): Engine {
  throw new EngineUnavailable("the native engine is not built");
}
