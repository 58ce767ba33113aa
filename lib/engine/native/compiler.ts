import { spawnSync } from "node:child_process";
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { EngineUnavailable } from "../engine.js";

/** A C compiler of this machine. */
export interface Compiler {
  readonly path: string;
  /** What stands behind the command in CC, such as the compiler that `ccache` is to call. */
  readonly parameters: readonly string[];
  /** Changes when the compiler does: asked of the file system, as running it takes longer than all the rest. */
  readonly identity: string;
}

/**
 * The compiler that CC names, else the first of cc, gcc and clang in PATH.
 *
 * @throws EngineUnavailable where there is none
 */
export function findCompiler({ CC, PATH = "" }: Readonly<Record<string, string | undefined>> = process.env): Compiler {
  const [command = "", ...parameters] = (CC ?? "").trim().split(/\s+/);
  for (const name of command ? [command] : ["cc", "gcc", "clang"]) {
    const path = name.includes("/")
      ? executable(resolve(name))
      : PATH.split(delimiter)
          .filter(isAbsolute)
          .map((folder) => executable(join(folder, name)))
          .find(Boolean);
    if (!path) continue;
    const { size, mtimeMs } = statSync(path);
    return { path, parameters, identity: [realpathSync(path), size, mtimeMs, ...parameters].join(" ") };
  }
  throw new EngineUnavailable(
    command ? `there is no C compiler ${command}, which CC names` : "there is no C compiler (cc, gcc or clang) in PATH",
  );
}

function executable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}

/** NaN and infinity must come through, so not -ffast-math, but the parts of it that leave them alone. */
export const flags: readonly string[] = [
  ...["-std=gnu11", "-O3", "-ffp-contract=fast", "-fno-math-errno", "-fno-trapping-math"],
  ...["-fvisibility=hidden", "-fPIC", "-shared", "-pthread"],
  ...(process.platform === "linux" ? ["-Wl,-z,nodelete"] : []), // its threads run on when a worker that loaded it ends
];

/** For this machine's own instructions, by the flag that the compiler knows; else for any machine of its kind. */
export const tunings: readonly string[][] =
  process.arch === "arm64" ? [["-mcpu=native"], ["-march=native"], []] : [["-march=native"], []];

/**
 * Compiles a library.
 *
 * @param limit how many milliseconds the compiler may take in all
 * @returns the compiler's name and version
 * @throws EngineUnavailable when it fails or takes too long
 */
export function compile(compiler: Compiler, source: string, to: string, limit: number): string {
  const end = Date.now() + limit;
  let complaint = "";
  for (const tuning of tunings) {
    const result = run(compiler, [...flags, ...tuning, "-o", to, source, "-lm"], end);
    if (result.status === 0) return versionOf(run(compiler, ["--version"], end).stdout);
    complaint = result.error?.message ?? result.stderr.split("\n").find((line) => /error/i.test(line)) ?? result.stderr;
    if (Date.now() >= end) {
      throw new EngineUnavailable(`the C compiler ${compiler.path} was still busy after ${limit / 1000} s`);
    }
  }
  const reason = complaint.trim().split("\n")[0]!.replace(/\.$/, "") || "it says nothing";
  throw new EngineUnavailable(`the C compiler ${compiler.path} fails: ${reason.slice(0, 200)}`);
}

function run({ path, parameters }: Compiler, more: readonly string[], end: number) {
  return spawnSync(path, [...parameters, ...more], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: Math.max(1, end - Date.now()),
    killSignal: "SIGKILL",
  });
}

/** "gcc 12.2" of `cc (Debian 12.2.0-14) 12.2.0`, "clang 15.0" of `Apple clang version 15.0.0 (…)`. */
export function versionOf(text: string | null): string {
  const line = text?.split("\n")[0] ?? "";
  const name = /clang/i.test(line) ? "clang" : /gcc|^cc |free software/i.test(text ?? "") ? "gcc" : "cc";
  const number = /(?:version |\) )(\d+\.\d+)/.exec(line)?.[1];
  return number ? `${name} ${number}` : name;
}
