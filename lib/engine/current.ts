import { type Engine, type EngineName, EngineUnavailable } from "./engine.js";
import { openNative } from "./native/native.js";
import { referenceEngine } from "./reference.js";
import { openSimd } from "./simd/simd.js";
import { openTensorflow } from "./tensorflow/tensorflow.js";

/** The fastest first: what "auto" tries, one after the other. TensorFlow is slower than both, so it is asked for by name. */
const automatic: readonly EngineName[] = ["native", "simd", "reference"];

const open: Readonly<Record<EngineName, () => Engine>> = {
  native: openNative,
  simd: openSimd,
  tensorflow: openTensorflow,
  reference: referenceEngine,
};

const opened = new Map<EngineName, Engine>();
let current: Engine | undefined;

/**
 * The engine that computes: the one chosen by `useEngine`, else the one that the environment variable UNROLL_ENGINE
 * names, else the fastest there is. It is chosen when it is first needed.
 *
 * @throws when UNROLL_ENGINE names an engine that is not there
 *
 * @example
 * console.log(engine().describe());
 */
export function engine(): Engine {
  return (current ??= choose(process.env.UNROLL_ENGINE || "auto", "UNROLL_ENGINE"));
}

/**
 * Chooses the engine that computes from here on.
 *
 * @param name "auto" for the one that UNROLL_ENGINE names, else the fastest there is; or an engine's name
 * @returns the engine
 * @throws when there is no engine of that name here; the one before stays
 *
 * @example
 * const chosen = await useEngine("auto");
 * console.log(chosen.name);
 */
export async function useEngine(name: EngineName | "auto"): Promise<Engine> {
  const wanted = name === "auto" ? process.env.UNROLL_ENGINE || "auto" : name;
  current = choose(wanted, name === "auto" ? "UNROLL_ENGINE" : "useEngine");
  return current;
}

function choose(name: string, what: string): Engine {
  if (name !== "auto" && !(name in open)) {
    throw new RangeError(`${what}: there is no engine "${name}", take "auto" or ${Object.keys(open).join(", ")}`);
  }
  if (name !== "auto") return openOnce(name as EngineName);
  for (const candidate of automatic) {
    try {
      return openOnce(candidate);
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
    }
  }
  return openOnce("reference");
}

function openOnce(name: EngineName): Engine {
  const engine = opened.get(name) ?? open[name]();
  opened.set(name, engine);
  return engine;
}
