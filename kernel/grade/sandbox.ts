/** What keeps a student's process in: Node's permissions everywhere, and namespaces of its own where Linux gives them. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync, statSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../install/project-folder.js";
import { LIBRARY, libraryFolder, WITHHELD } from "./library-files.js";

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
const jail = fileURLToPath(new URL("../../grade/jail.sh", import.meta.url)); // beside the source of this file

/** What a student's process may read beside the library. Neither an assignment nor a solution lies there. */
const READABLE = [student, join(projectFolder, "package.json"), join(projectFolder, "lib", "package.json")];
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
    ...[...READABLE, ...LIBRARY, ...readable].map((path) => `--allow-fs-read=${isFolder(path) ? `${path}/*` : path}`),
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

/** How much the scratch folder of namespaces holds, in bytes. */
const SCRATCH = 64 << 20;
const SYSTEM = ["/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64"];

/** What the root folder of namespaces holds, read-only. */
function shown(programs: readonly string[], { readable = [] }: Room): string[] {
  return [...new Set([...SYSTEM, ...programs, ...READABLE, libraryFolder, ...readable])].filter(existsSync);
}

/**
 * Namespaces for users, files, processes, network and IPC, with a root folder that holds nothing else, in which an empty
 * folder lies over each that is withheld; and Node's permissions.
 */
export const namespaces: Sandbox = (program, args, room) => {
  const root = mkdtempSync(join(realpathSync(tmpdir()), "unroll-student-"));
  const setpriv = findProgram("setpriv");
  const node = realpathSync(process.execPath);
  return {
    program: findProgram("unshare"),
    args: [
      ...["--user", "--map-root-user", "--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child"],
      ...["/bin/sh", jail, root, `${SCRATCH}`, setpriv, ...shown([node, setpriv], room), "-", ...WITHHELD, "--"],
      ...[node, ...nodeArguments("/scratch", room), program, ...args],
    ],
    cwd: dirname(root),
    remove: () => rmSync(root, { recursive: true, force: true }), // of the namespace's own file system nothing is left
  };
};

/**
 * The same namespaces as bubblewrap makes them. Some systems let no other program make any: it is the one that their rules
 * name, or that runs with the rights for it.
 */
export const bubblewrap: Sandbox = (program, args, room) => {
  const node = realpathSync(process.execPath);
  return {
    program: findProgram("bwrap"),
    args: [
      ...["--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"],
      ...["--die-with-parent", "--cap-drop", "ALL", "--dev", "/dev"],
      ...shown([node], room).flatMap((path) => ["--ro-bind", path, path]),
      ...WITHHELD.flatMap((path) => ["--tmpfs", path, "--remount-ro", path]),
      ...["--size", `${SCRATCH}`, "--tmpfs", "/scratch", "--remount-ro", "/", "--chdir", "/scratch", "--"],
      ...[node, ...nodeArguments("/scratch", room), program, ...args],
    ],
    cwd: "/",
    remove() {}, // what it had of files was in its memory
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
  /** "namespaces", "bubblewrap" or "permissions". */
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
  if (process.platform === "linux") candidates.unshift(["namespaces", namespaces], ["bubblewrap", bubblewrap]);
  const server = createServer().listen(0); // at once: the system answers for it while this thread waits
  try {
    const { port } = server.address() as AddressInfo;
    for (const [kind, sandbox] of candidates) {
      const limits = tried(kind, sandbox, port);
      if (limits?.noForeignFiles && limits.noForeignWrites && limits.noPrograms) return { sandbox, limits };
    }
  } finally {
    server.close();
  }
  throw new Error(
    "Students' code cannot be kept in here: neither Node's permission model nor Linux's namespaces hold. Is Node.js 20.19 or newer?",
  );
}

/** What a kind of sandbox keeps in; undefined where there is none of that kind. */
export function tried(kind: string, sandbox: Sandbox, port: number): Limits | undefined {
  const asked = [fileURLToPath(import.meta.url), process.pid, port].map(String);
  const command = sandbox(join(student, "probe.js"), asked, { memory: 256 });
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
