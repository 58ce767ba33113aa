/** Finds a Python that can make the private environment in which JupyterLab runs. */
import { spawnSync } from "node:child_process";

const OLDEST = [3, 9];

const PROBE = `
import json, sys
missing = []
for name in ("venv", "ensurepip"):
    try:
        __import__(name)
    except ImportError:
        missing.append(name)
print(json.dumps({"version": list(sys.version_info[:3]), "path": sys.executable, "missing": missing}))
`;

/**
 * @typedef {{ ok: true, command: string[], version: string } | { ok: false, sentence: string }} FoundPython
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [what] what needs it
 * @returns {FoundPython}
 */
export function findPython(env = process.env, what = "JupyterLab") {
  const chosen = env.UNROLL_PYTHON;
  if (chosen) {
    const answer = ask([chosen], env);
    if (!answer) {
      return { ok: false, sentence: `UNROLL_PYTHON names ${chosen}, which does not run as a Python 3 interpreter.` };
    }
    return judge(answer, [chosen], what);
  }
  /** @type {FoundPython | undefined} */
  let unfit;
  for (const command of candidates()) {
    const answer = ask(command, env);
    if (!answer) continue;
    const found = judge(answer, command, what);
    if (found.ok) return found;
    unfit ??= found;
  }
  return unfit ?? { ok: false, sentence: `${what} needs Python 3.9 or newer, and none was found on this machine.` };
}

function candidates() {
  const plain = [["python3"], ["python"]];
  if (process.platform === "win32") return [["py", "-3"], ...plain];
  // A system whose python3 is too old often has a newer one beside it.
  return [...plain, ...[14, 13, 12, 11, 10, 9].map((minor) => [`python3.${minor}`])];
}

/**
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ version: number[], path: string, missing: string[] } | undefined}
 */
function ask([program = "", ...options], env) {
  const { stdout } = spawnSync(program, [...options, "-c", PROBE], { env, encoding: "utf8", timeout: 20_000 });
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

/**
 * @param {{ version: number[], path: string, missing: string[] }} answer
 * @param {string[]} command
 * @param {string} what
 * @returns {FoundPython}
 */
function judge({ version, path, missing }, command, what) {
  const [major = 0, minor = 0] = version;
  const name = `Python ${version.join(".")} (${path})`;
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    return { ok: false, sentence: `${what} needs Python 3.9 or newer; found ${name}.` };
  }
  if (missing.length > 0) {
    const mend =
      process.platform === "linux" ? `install python${major}.${minor}-venv` : "install Python from python.org";
    return {
      ok: false,
      sentence: `${name} cannot make a private environment, it lacks ${missing.join(" and ")}: ${mend}.`,
    };
  }
  return { ok: true, command, version: version.join(".") };
}
