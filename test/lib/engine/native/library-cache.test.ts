import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { EngineUnavailable } from "unroll/engine/engine.js";
import { loadKoffi } from "unroll/engine/native/binding.js";
import { findCompiler, versionOf } from "unroll/engine/native/compiler.js";
import { cachedLibrary } from "unroll/engine/native/library-cache.js";
import { openNative } from "unroll/engine/native/native.js";
import { cacheFolder } from "unroll/files/cache-folder.js";
import { skip } from "../../../support/needs.js";
import { Bench } from "./fake-compiler.js";

/** That the engine is not there, and why, in one sentence. */
function isUnavailable(open: () => unknown, why: RegExp): void {
  assert.throws(open, (error: unknown) => {
    assert.ok(error instanceof EngineUnavailable, String(error));
    assert.match(error.message, why);
    assert.ok(!error.message.includes("\n") && !error.message.endsWith("."), error.message);
    return true;
  });
}

function replace(path: string, content: Buffer | string): void {
  rmSync(path);
  writeFileSync(path, content, { mode: 0o700 });
}

describe("the native engine's library", () => {
  /** A library that was compiled here, for compilers that only copy it. */
  let good: string;
  let bench: Bench;

  before(function () {
    this.timeout(120_000);
    try {
      good = cachedLibrary().path;
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
      skip(this, `There is no native engine: ${error.message}.`);
    }
  });

  beforeEach(() => {
    bench = new Bench();
    bench.compilerThat(`cp ${good} $out`);
  });

  afterEach(() => {
    bench.clear();
  });

  const cached = (end: string) =>
    join(bench.cache, readdirSync(bench.cache).find((name) => name.startsWith("native-") && name.endsWith(end))!);

  it("is compiled once, into a folder that nobody else can enter", () => {
    const engine = openNative();
    assert.match(engine.describe(), /^native: C through koffi, \d+ threads?, \S+.*, compiled by gcc 1\.2$/);
    openNative();
    assert.equal(bench.calls, 1);
    assert.equal(statSync(bench.cache).mode & 0o777, 0o700);
    assert.deepEqual(
      readdirSync(bench.cache).map((name) => name.replace(/[\da-f]{16,}/g, "#")),
      ["native-#-#.so", "native-#.json"],
    );
  });

  it("is compiled again by another compiler, or the same with other parameters", () => {
    openNative();
    const first = process.env.CC!;
    process.env.CC = `${first} -g`;
    openNative();
    bench.compilerThat(`cp ${good} $out`, "another");
    openNative();
    assert.equal(bench.calls, 3);
    process.env.CC = first;
    openNative();
    assert.equal(bench.calls, 3);
  });

  it("is compiled without tuning where the compiler does not know this processor", () => {
    bench.compilerThat(`case "$*" in *=native*) echo "error: bad value (native)" >&2; exit 1;; esac; cp ${good} $out`);
    openNative();
    assert.ok(bench.calls > 1);
  });

  const spoil: Record<string, () => void> = {
    // another file in its place: this process has loaded the one before
    "has been changed": () => replace(cached(".so"), Buffer.concat([readFileSync(good), Buffer.from("x")])),
    "is empty": () => replace(cached(".so"), ""),
    "can be written by others": () => chmodSync(cached(".so"), 0o722),
    "is a symbolic link": () => {
      const library = cached(".so");
      renameSync(library, join(bench.folder, "elsewhere.so"));
      symlinkSync(join(bench.folder, "elsewhere.so"), library);
    },
    "has a manifest that is none": () => writeFileSync(cached(".json"), "{"),
    "has a manifest that names another file": () => {
      const manifest = JSON.parse(readFileSync(cached(".json"), "utf8"));
      writeFileSync(cached(".json"), JSON.stringify({ ...manifest, library: "../native.so" }));
    },
    "has a manifest that others can write": () => chmodSync(cached(".json"), 0o666),
  };
  for (const [what, harm] of Object.entries(spoil)) {
    it(`is compiled again when the cached one ${what}`, () => {
      openNative();
      harm();
      assert.equal(openNative().name, "native");
      assert.equal(bench.calls, 2);
      openNative();
      assert.equal(bench.calls, 2);
      assert.ok(lstatSync(cached(".so")).isFile());
    });
  }

  it("is not loaded from, nor compiled into, a folder that others can write to", () => {
    mkdirSync(bench.cache);
    chmodSync(bench.cache, 0o777);
    isUnavailable(
      openNative,
      /^the cache folder \S+ can be written by others, set UNROLL_CACHE to a folder of your own$/,
    );
    assert.equal(bench.calls, 0);
  });

  it("is not loaded from a symbolic link's folder, nor from one that is inside of an open folder", () => {
    mkdirSync(join(bench.folder, "open"));
    chmodSync(join(bench.folder, "open"), 0o777);
    symlinkSync(join(bench.folder, "open"), bench.cache);
    isUnavailable(openNative, /is no folder/);
    process.env.UNROLL_CACHE = join(bench.folder, "open", "cache");
    isUnavailable(openNative, /is inside of \S+open, which others can change/);
    assert.equal(bench.calls, 0);
  });

  it("is not there where the cache cannot be made or written", () => {
    writeFileSync(join(bench.folder, "file"), "");
    process.env.UNROLL_CACHE = join(bench.folder, "file", "cache");
    isUnavailable(openNative, /^the cache folder cannot be made \(.*\), set UNROLL_CACHE to one that can$/);
    if (process.getuid?.() === 0) return; // may write everywhere
    mkdirSync(bench.cache, { mode: 0o500 });
    process.env.UNROLL_CACHE = bench.cache;
    isUnavailable(openNative, /cannot be written/);
  });

  it("is not there without a compiler", () => {
    process.env.CC = join(bench.folder, "nothing");
    isUnavailable(openNative, /^there is no C compiler \S+nothing, which CC names$/);
    delete process.env.CC;
    process.env.PATH = bench.folder;
    isUnavailable(openNative, /^there is no C compiler \(cc, gcc or clang\) in PATH$/);
  });

  it("is not there when the compiler fails, which is asked again a day later", () => {
    bench.compilerThat('echo "unroll.c:1:1: error: no such thing" >&2; exit 1');
    isUnavailable(openNative, /^the C compiler \S+ fails: unroll\.c:1:1: error: no such thing$/);
    const { calls } = bench;
    isUnavailable(openNative, /error: no such thing$/);
    assert.equal(bench.calls, calls);
    const manifest = JSON.parse(readFileSync(cached(".json"), "utf8"));
    writeFileSync(cached(".json"), JSON.stringify({ ...manifest, at: manifest.at - 25 * 60 * 60 * 1000 }));
    isUnavailable(openNative, /error: no such thing$/);
    assert.equal(bench.calls, 2 * calls);
  });

  it("is not there when the compiler says that all is well and writes nothing, or something else", () => {
    bench.compilerThat("true");
    isUnavailable(openNative, /^the C compiler \S+ has written no library$/);
    bench.compilerThat('echo "no library" > $out', "writer");
    isUnavailable(openNative, /^the compiled library fails its test: the compiled library does not load \(.*\)$/);
  });

  it("does not wait for a compiler that hangs", () => {
    bench.compilerThat("exec sleep 30");
    isUnavailable(() => cachedLibrary({ limit: 300 }), /^the C compiler \S+ was still busy after 0\.3 s$/);
    isUnavailable(() => cachedLibrary({ limit: 300 }), /still busy/);
    assert.equal(bench.calls, 1);
  });

  it("is not taken when it computes something else, crashes or lacks a function", () => {
    const names = [
      ...[
        "vector_width",
        "threads",
        "scratch",
        "tape",
        "packed",
        "product",
        "map",
        "combine",
        "column_sums",
        "softmax",
      ],
      ...["update", "gather", "scatter_add", "forward", "backward"],
    ];
    const { CC, ...env } = process.env;
    void CC;
    const cc = findCompiler(env).path;
    const compilerOf = (body: string, count = names.length) => {
      const lines = names.slice(0, count).map((name) => `int unroll_${name}(void) { ${body} }`);
      writeFileSync(join(bench.folder, `${count}.c`), `int puts(const char *); void abort(void);\n${lines.join("\n")}`);
      return `${cc} -shared -fPIC -o $out ${join(bench.folder, `${count}.c`)}`;
    };
    bench.compilerThat(compilerOf("return 1;"), "idle");
    isUnavailable(openNative, /fails its test: the compiled library is wrong: its product gives \S+ for \S+$/);
    bench.compilerThat(compilerOf("abort();"), "crashing");
    isUnavailable(openNative, /fails its test: SIG\w+$/);
    bench.compilerThat(compilerOf("return 1;", 3), "poor");
    isUnavailable(openNative, /fails its test: the compiled library does not load/);
  });

  it("is found whole by processes that begin at once", async () => {
    bench.compilerThat(`sleep 0.2; head -c 1000 ${good} > $out; sleep 0.2; cp ${good} $out`);
    const url = fileURLToPath(import.meta.resolve("unroll/engine/native/native.js"));
    const script = `import { openNative } from ${JSON.stringify(url)}; console.log(openNative().name);`;
    const start = () => promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
    const ends = await Promise.all([start(), start(), start()]);
    for (const { stdout, stderr } of ends) assert.deepEqual([stdout, stderr], ["native\n", ""]);
    const { calls } = bench;
    openNative();
    assert.equal(bench.calls, calls);
    assert.equal(readdirSync(bench.cache).length, 2);
  });
});

describe("where the native engine looks", () => {
  it("for its cache: UNROLL_CACHE, else the user's cache folder", () => {
    assert.equal(cacheFolder({ UNROLL_CACHE: "/a/b" }), "/a/b");
    if (process.platform === "darwin") return;
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "/a/b" }), join("/a/b", "unroll"));
    assert.match(cacheFolder({ XDG_CACHE_HOME: "relative" }), /\.cache.unroll$/);
  });

  it("for a compiler: CC, with parameters behind it, else PATH", () => {
    const node = process.execPath;
    assert.deepEqual(findCompiler({ CC: `${node} -x y` }).parameters, ["-x", "y"]);
    assert.equal(findCompiler({ CC: "node", PATH: `relative:${join(node, "..")}` }).path, node);
    isUnavailable(() => findCompiler({ CC: "node", PATH: "." }), /there is no C compiler node, which CC names/);
  });

  it("names a compiler as it names itself", () => {
    assert.equal(versionOf("cc (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright (C) 2022 Free Software"), "gcc 12.2");
    assert.equal(versionOf("gcc-13 (Homebrew GCC 13.2.0) 13.2.0"), "gcc 13.2");
    assert.equal(versionOf("Apple clang version 15.0.0 (clang-1500.3.9.4)"), "clang 15.0");
    assert.equal(versionOf("Debian clang version 14.0.6"), "clang 14.0");
    assert.equal(versionOf(""), "cc");
    assert.equal(versionOf(null), "cc");
  });

  it("for koffi, which may not be installed", () => {
    const require = () => {
      throw new Error("Cannot find module 'koffi'\nRequire stack:\n- somewhere");
    };
    isUnavailable(
      () => loadKoffi(require),
      /^koffi, which calls C, does not load here \(Cannot find module 'koffi'\)$/,
    );
  });
});
