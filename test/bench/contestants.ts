/** The kernels that are measured side by side: how each is started and interrupted, and the same cells in its language. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Kernel } from "#kernel/client/start-kernel.js";
import { kernelArguments } from "#kernel/install/kernelspec.js";
import { projectFolder } from "../support/project.js";

export interface Contestant {
  name: string;
  command: (connectionFile: string) => string[];
  interrupt: (kernel: Kernel) => unknown;
  cells: Cells;
}

interface Cells {
  /** A class with a constructor and a method, and a call of it; `n` makes its name one that is not there yet. */
  class: (n: number) => string;
  /** Prints so many numbered lines. */
  lines: (count: number) => string;
  /** Says that it is under way, and never ends. */
  endless: string;
  /** What is completed: the member of a list that begins with these letters. */
  completion: { before: string; code: string; match: string };
}

const typescript: Cells = {
  class: (n) => `
class Point${n} {
  constructor(readonly x: number, readonly y: number) {}
  norm(): number {
    return Math.hypot(this.x, this.y);
  }
}
new Point${n}(3, 4).norm()`,
  lines: (count) => `for (let i = 0; i < ${count}; i++) console.log("line", i);`,
  endless: `console.log("on"); while (true);`,
  completion: { before: "const numbers = [1, 2, 3];", code: "numbers.conc", match: "concat" },
};

const python: Cells = {
  class: (n) => `
class Point${n}:
    def __init__(self, x: float, y: float):
        self.x, self.y = x, y
    def norm(self) -> float:
        return (self.x ** 2 + self.y ** 2) ** 0.5
Point${n}(3, 4).norm()`,
  lines: (count) => `for i in range(${count}):\n    print("line", i)`,
  endless: `print("on", flush=True)\nwhile True: pass`,
  completion: { before: "numbers = [1, 2, 3]", code: "numbers.exte", match: "extend" },
};

export const unroll: Contestant = {
  name: "unroll",
  command: kernelArguments,
  interrupt: (kernel) => kernel.interrupt(),
  cells: typescript,
};

export function tslab(): Contestant {
  const program = join(dirname(createRequire(import.meta.url).resolve("tslab/package.json")), "bin", "tslab");
  return {
    name: "tslab",
    command: (file) => [process.execPath, program, "kernel", `--config-path=${file}`],
    interrupt: bySignal,
    cells: typescript,
  };
}

/**
 * ipykernel, in the Python environment that JupyterLab runs in; it is made where it is missing.
 *
 * @throws Error with a sentence where there is no Python, or no way to install it
 */
export async function ipykernel(): Promise<Contestant> {
  const module = (name: string) => import(pathToFileURL(join(projectFolder, "kernel", "install", name)).href);
  const { setUp } = (await module("setup.mjs")) as { setUp: (options: { python: boolean }) => Promise<void> };
  const { environmentPaths } = (await module("setup/environment.mjs")) as {
    environmentPaths: () => { python: string };
  };
  await setUp({ python: true });
  return {
    name: "ipykernel",
    command: (file) => [environmentPaths().python, "-m", "ipykernel_launcher", "-f", file],
    interrupt: bySignal,
    cells: python,
  };
}

const bySignal = (kernel: Kernel): void => kernel.process.kill("SIGINT");
