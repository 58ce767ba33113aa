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
 * names, else the fastest there is. It is chosen once, when it is first needed; `describe()` says which it is and why.
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

/** @param what stands before what is wrong: where the name comes from */
function choose(name: string, what: string): Engine {
  if (name === "auto") return fastest();
  if (!Object.hasOwn(open, name)) {
    throw new RangeError(`${what}: there is no engine "${name}", take "auto" or ${Object.keys(open).join(", ")}`);
  }
  try {
    return openOnce(name as EngineName);
  } catch (error) {
    throw new EngineUnavailable(`${what}: there is no ${name} engine here: ${reason(error)}: take "auto"`);
  }
}

/** The first that opens. Why the ones before it did not, its description says. */
function fastest(): Engine {
  const missing: string[] = [];
  for (const name of automatic) {
    try {
      const found = openOnce(name);
      return {
        ...found,
        get threads() {
          return found.threads;
        },
        describe: () => [found.describe(), ...missing].join("; "),
      };
    } catch (error) {
      missing.push(`no ${name} engine: ${reason(error)}`);
    }
  }
  throw new EngineUnavailable(missing.join("; "));
}

function openOnce(name: EngineName): Engine {
  const engine = opened.get(name) ?? open[name]();
  opened.set(name, engine);
  return engine;
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
