import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of the test's own, in which there is a cache that the environment names, and compilers of its making. */
export class Bench {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "unroll-native-")));
  readonly cache = join(this.folder, "cache");
  readonly #calls = join(this.folder, "calls");
  readonly #before = { ...process.env };

  constructor() {
    process.env.UNROLL_CACHE = this.cache;
  }

  /** CC becomes a script, which is given the compiler's parameters, and finds the path for the library in $out. */
  compilerThat(does: string, name = "compiler"): void {
    const path = join(this.folder, name);
    const out = 'for word in "$@"; do [ "$previous" = -o ] && out=$word; previous=$word; done';
    const version = 'case "$*" in *--version) echo "cc (Fake) 1.2.3"; exit;; esac';
    writeFileSync(path, `#!/bin/sh\n${version}\necho called >> ${this.#calls}\n${out}\n${does}\n`);
    chmodSync(path, 0o755);
    process.env.CC = path;
  }

  /** How often a compiler was asked to compile. */
  get calls(): number {
    return existsSync(this.#calls) ? readFileSync(this.#calls, "utf8").split("\n").length - 1 : 0;
  }

  /** Removes all, and gives the environment back. */
  clear(): void {
    for (const name of ["CC", "UNROLL_CACHE", "UNROLL_THREADS", "PATH"]) {
      const value = this.#before[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
