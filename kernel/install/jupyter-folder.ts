/** Where Jupyter looks for kernels and extensions. */
import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";

/** The folder of the user's own Jupyter, by Jupyter's rules. */
export function userJupyterFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (platform === "win32") return join(env.APPDATA ?? join(homedir(), "AppData", "Roaming"), "jupyter");
  return join(env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "jupyter");
}

/** The folder below an installation's prefix. */
export function jupyterFolderOf(prefix: string): string {
  return join(prefix, "share", "jupyter");
}

/**
 * The prefix of the Python that the command line finds first, such as an active virtual environment's.
 *
 * @throws Error when there is no Python
 */
export function pythonPrefix(env: NodeJS.ProcessEnv = process.env): string {
  for (const python of env.UNROLL_PYTHON ? [env.UNROLL_PYTHON] : ["python3", "python"]) {
    const { status, stdout } = spawnSync(python, ["-c", "import sys; print(sys.prefix)"], { encoding: "utf8", env });
    if (status === 0 && stdout.trim()) return stdout.trim();
  }
  throw new Error("--sys-prefix needs a Python on the path, and none was found; give the folder itself with --prefix.");
}
