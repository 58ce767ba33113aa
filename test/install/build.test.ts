import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setupModule, temporaryFolder } from "./setup-module.js";

interface Build {
  buildIsFresh(folder: string): boolean;
  build(options: { folder: string }): Promise<void>;
}

const { buildIsFresh, build } = await setupModule<Build>("build.mjs");

describe("the set-up of the build", () => {
  const folder = temporaryFolder();
  const file = (...place: string[]) => join(folder.path, ...place);

  /** A project whose compiler is a script of one line. */
  beforeEach(() => {
    for (const part of ["lib", "kernel"]) mkdirSync(file(part, "dist"), { recursive: true });
    writeFileSync(file("lib", "index.ts"), "export const one = 1;");
    writeFileSync(file("lib", "other.ts"), "export const two = 2;");
    writeFileSync(file("tsconfig.json"), "{}");
    compiler("process.exit(0)");
    kernelCompiler("process.exit(0)");
  });

  function compiler(script: string): void {
    mkdirSync(file("node_modules", "typescript", "bin"), { recursive: true });
    writeFileSync(file("node_modules", "typescript", "bin", "tsc"), script);
  }

  function kernelCompiler(script: string): void {
    mkdirSync(file("lib", "engine", "simd", "assembly"), { recursive: true });
    writeFileSync(file("lib", "engine", "simd", "build-kernels.mjs"), script);
  }

  it("is wanted before the first build, and not after it", async () => {
    assert.equal(buildIsFresh(folder.path), false);
    await build({ folder: folder.path });
    assert.equal(buildIsFresh(folder.path), true);
  });

  it("is wanted when a source file has changed, come or gone", async () => {
    await build({ folder: folder.path });
    writeFileSync(file("lib", "index.ts"), "export const one = 11;");
    assert.equal(buildIsFresh(folder.path), false, "changed");
    await build({ folder: folder.path });
    writeFileSync(file("kernel", "new.ts"), "");
    assert.equal(buildIsFresh(folder.path), false, "come");
    await build({ folder: folder.path });
    rmSync(file("lib", "other.ts"));
    assert.equal(buildIsFresh(folder.path), false, "gone");
    await build({ folder: folder.path });
    writeFileSync(file("lib", "engine", "simd", "assembly", "tile.ts"), "");
    assert.equal(buildIsFresh(folder.path), false, "a kernel");
  });

  it("shows what the compiler of the kernels says when it fails, and is wanted again", async () => {
    kernelCompiler('console.error("ERROR TS2322 in tile.ts"); process.exit(1)');
    await assert.rejects(build({ folder: folder.path }), (error: Error & { output: string }) => {
      assert.match(error.message, /kernels of the simd engine do not compile/);
      assert.match(error.output, /TS2322 in tile\.ts/);
      return true;
    });
    assert.equal(buildIsFresh(folder.path), false);
  });

  it("shows what the compiler says when it fails, and is wanted again", async () => {
    compiler('console.log("index.ts(1,1): error TS1005"); process.exit(2)');
    await assert.rejects(build({ folder: folder.path }), (error: Error & { output: string }) => {
      assert.match(error.message, /does not compile/);
      assert.match(error.output, /index\.ts\(1,1\): error TS1005/);
      return true;
    });
    assert.equal(buildIsFresh(folder.path), false);
  });
});
