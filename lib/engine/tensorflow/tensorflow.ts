import { type Engine, EngineUnavailable } from "../engine.js";

/** @throws EngineUnavailable where there is none on this machine */
export function openTensorflow(): Engine {
  throw new EngineUnavailable("the tensorflow engine is not built");
}
