import { createHash, randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../files/cache-folder.js";
import { EngineUnavailable } from "../engine.js";
import { firstLine } from "./binding.js";
import { type Compiler, compile, findCompiler, flags, tunings } from "./compiler.js";
import { privateFolder, reasonToRefuse } from "./private-folder.js";

/** The C sources, which the package brings along. */
const SOURCES = fileURLToPath(new URL("../../../engine/native/c/", import.meta.url));

/** For how long nobody asks a compiler again that has failed. */
const DAY = 24 * 60 * 60 * 1000;

/** What stands beside a library: its name and hash, or why there is none. */
type Manifest =
  | { readonly library: string; readonly sha256: string; readonly compiler: string }
  | { readonly failed: string; readonly at: number };

export interface CompiledLibrary {
  readonly path: string;
  /** By which compiler: "gcc 12.2". */
  readonly compiler: string;
}

/**
 * The library for this machine: from the cache, or compiled into it.
 *
 * Its name contains a hash of all that it is made of: sources, flags, compiler, and the processor, as a home folder may
 * belong to several machines. Nothing is loaded from a folder that others can write to, or whose hash is not the one
 * in the manifest. A compiler that fails is asked again a day later.
 *
 * @param check tries a fresh library, and throws EngineUnavailable when it is not right
 * @param limit how many milliseconds the compiler may take
 * @throws EngineUnavailable where there is no compiler, or it fails, or there is no safe place for the library
 */
export function cachedLibrary({
  check = () => {},
  limit = 60_000,
}: {
  check?: (path: string) => void;
  limit?: number;
} = {}): CompiledLibrary {
  const compiler = findCompiler();
  const folder = privateFolder(cacheFolder());
  const key = keyOf(compiler);
  const manifestPath = join(folder, `native-${key}.json`);
  const manifest = readManifest(manifestPath);
  if (manifest && "library" in manifest) {
    const path = join(folder, manifest.library);
    if (isOurs(path) && sha256(readFileSync(path)) === manifest.sha256) return { path, compiler: manifest.compiler };
  } else if (manifest && Math.abs(Date.now() - manifest.at) < DAY) {
    throw new EngineUnavailable(manifest.failed);
  }
  return compileInto(folder, { key, compiler, check, limit, manifestPath });
}

function compileInto(
  folder: string,
  {
    key,
    compiler,
    check,
    limit,
    manifestPath,
  }: { key: string; compiler: Compiler; check: (path: string) => void; limit: number; manifestPath: string },
): CompiledLibrary {
  // under a name of its own, then renamed: another process finds all of it or nothing
  const draft = join(folder, `draft-${randomUUID()}.so`);
  try {
    const version = compile(compiler, join(SOURCES, "unroll.c"), draft, limit);
    if (!existsSync(draft)) throw new EngineUnavailable(`the C compiler ${compiler.path} has written no library`);
    chmodSync(draft, 0o700);
    check(draft);
    const hash = sha256(readFileSync(draft));
    const library = `native-${key}-${hash.slice(0, 16)}.so`;
    renameSync(draft, join(folder, library));
    writeManifest(manifestPath, { library, sha256: hash, compiler: version });
    return { path: join(folder, library), compiler: version };
  } catch (error) {
    rmSync(draft, { force: true });
    if (error instanceof EngineUnavailable) {
      writeManifest(manifestPath, { failed: error.message, at: Date.now() });
      throw error;
    }
    throw new EngineUnavailable(`the compiled library cannot be kept in ${folder} (${firstLine(error)})`);
  }
}

function keyOf(compiler: Compiler): string {
  const parts = readdirSync(SOURCES)
    .sort()
    .map((name) => `${name}\n${readFileSync(join(SOURCES, name), "utf8")}`);
  parts.push(flags.join(" "), tunings.join(" "), compiler.identity, process.platform, process.arch, processor());
  return sha256(parts.join("\0")).slice(0, 32);
}

/** What `-march=native` looks at: the first processor's name and its instructions. */
function processor(): string {
  try {
    const file = openSync("/proc/cpuinfo", "r");
    try {
      const text = Buffer.alloc(8192);
      const first = text.toString("utf8", 0, readSync(file, text)).split("\n\n")[0]!;
      return first.replace(/^(.*MHz|bogomips|.*power).*$/gim, ""); // which change while it runs
    } finally {
      closeSync(file);
    }
  } catch {
    return cpus()[0]?.model ?? "";
  }
}

function isOurs(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true && reasonToRefuse(stats) === undefined;
}

/** Undefined where there is none, or it is not what this module writes. */
function readManifest(path: string): Manifest | undefined {
  if (!isOurs(path)) return undefined;
  try {
    const { library, sha256: hash, compiler, failed, at } = JSON.parse(readFileSync(path, "utf8"));
    if (typeof failed === "string" && typeof at === "number") return { failed, at };
    const isName = typeof library === "string" && /^native-[\da-f-]+\.so$/.test(library);
    return isName && typeof compiler === "string" ? { library, sha256: String(hash), compiler } : undefined;
  } catch {
    return undefined;
  }
}

function writeManifest(path: string, manifest: Manifest): void {
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, JSON.stringify(manifest), { mode: 0o600, flag: "wx" });
    renameSync(draft, path);
  } catch {
    rmSync(draft, { force: true }); // the library is good all the same; it is compiled again next time
  }
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}
