/** What keeps a student's process in: Node's permissions everywhere, and namespaces of its own where Linux gives them. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../install/project-folder.js";

/** A command, and the folder that has to go when it has ended. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  remove(): void;
}

export interface Room {
  /** In MB. */
  readonly memory: number;
  /** Files and folders that may be read beside the library. */
  readonly readable?: readonly string[];
}

export type Sandbox = (program: string, args: readonly string[], room: Room) => Command;

const student = fileURLToPath(new URL("./student", import.meta.url));
export const libraryFolder = join(projectFolder, "lib", "dist");
const jail = fileURLToPath(new URL("../../grade/jail.sh", import.meta.url)); // beside the source of this file

/** All that a student's process may read. Neither an assignment nor a solution lies there. */
const READABLE = [
  student,
  libraryFolder,
  join(projectFolder, "package.json"),
  join(projectFolder, "lib", "package.json"),
];
const isFolder = (path: string) => statSync(path).isDirectory();

/** The whole environment of a student's process. */
export const ENVIRONMENT = {
  UNROLL_ENGINE: "simd",
  UNROLL_THREADS: "1", // its threads would need a permission that is not given
  UNROLL_QUICK: "1",
  LANG: "C.UTF-8",
  TZ: "UTC",
  NO_COLOR: "1",
};

const [major, minor] = process.versions.node.split(".").map(Number) as [number, number];
const PERMISSION = major > 22 || (major === 22 && minor >= 13) ? "--permission" : "--experimental-permission";

function nodeArguments(scratch: string, { memory, readable = [] }: Room): string[] {
  return [
    PERMISSION,
    ...[...READABLE, ...readable].map((path) => `--allow-fs-read=${isFolder(path) ? `${path}/*` : path}`),
    `--allow-fs-read=${scratch}/*`,
    `--allow-fs-write=${scratch}/*`,
    `--max-old-space-size=${Math.max(64, Math.floor(memory * 0.6))}`,
    "--random-seed=1", // Math.random gives the same numbers in each grading
    "--no-warnings",
  ];
}

/** Node's permissions alone: other processes and the network are kept away only by what a notebook can import. */
export const permissions: Sandbox = (program, args, room) => {
  const scratch = mkdtempSync(join(realpathSync(tmpdir()), "unroll-student-"));
  return {
    program: process.execPath,
    args: [...nodeArguments(scratch, room), program, ...args],
    cwd: scratch,
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
};

const SYSTEM = ["/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64"];

/** Namespaces for users, files, processes, network and IPC, with a root folder that holds nothing else; and Node's permissions. */
export const namespaces: Sandbox = (program, args, room) => {
  const root = mkdtempSync(join(realpathSync(tmpdir()), "unroll-student-"));
  const setpriv = findProgram("setpriv");
  const node = realpathSync(process.execPath);
  const shown = [...SYSTEM, node, setpriv, ...READABLE, ...(room.readable ?? [])].filter((path) => existsSync(path));
  return {
    program: findProgram("unshare"),
    args: [
      ...["--user", "--map-root-user", "--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child"],
      ...["/bin/sh", jail, root, "64m", setpriv, ...new Set(shown), "--"],
      ...[node, ...nodeArguments("/scratch", room), program, ...args],
    ],
    cwd: dirname(root),
    remove: () => rmSync(root, { recursive: true, force: true }), // of the namespace's own file system nothing is left
  };
};

function findProgram(name: string): string {
  return (
    ["/usr/bin", "/bin", "/usr/sbin", "/sbin"].map((folder) => join(folder, name)).find((path) => existsSync(path)) ??
    name
  );
}

/** What a student's process cannot do here, as tried out. */
export interface Limits {
  /** "namespaces" or "permissions". */
  readonly kind: string;
  readonly noForeignFiles: boolean;
  readonly noForeignWrites: boolean;
  readonly noPrograms: boolean;
  readonly noNetwork: boolean;
  readonly noSignals: boolean;
}

/**
 * The strongest sandbox there is here, and what it keeps in: a program of our own tries everything in it.
 *
 * @throws Error where not even files and other programs are out of reach
 */
export function findSandbox(): { sandbox: Sandbox; limits: Limits } {
  const candidates: [string, Sandbox][] = [["permissions", permissions]];
  if (process.platform === "linux") candidates.unshift(["namespaces", namespaces]);
  for (const [kind, sandbox] of candidates) {
    const limits = tried(kind, sandbox);
    if (limits?.noForeignFiles && limits.noForeignWrites && limits.noPrograms) return { sandbox, limits };
  }
  throw new Error(
    "Students' code cannot be kept in here: neither Node's permission model nor Linux's namespaces hold. Is Node.js 20.19 or newer?",
  );
}

function tried(kind: string, sandbox: Sandbox): Limits | undefined {
  const command = sandbox(join(student, "probe.js"), [fileURLToPath(import.meta.url), String(process.pid)], {
    memory: 256,
  });
  try {
    const { stdout } = spawnSync(command.program, command.args, {
      cwd: command.cwd,
      env: ENVIRONMENT,
      encoding: "utf8",
      timeout: 20_000,
    });
    return { kind, ...(JSON.parse(stdout) as Omit<Limits, "kind">) };
  } catch {
    return undefined;
  } finally {
    command.remove();
  }
}
