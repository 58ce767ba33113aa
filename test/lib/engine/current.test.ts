import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { projectFolder } from "../../support/project.js";

/** Runs code in a process of its own, where no engine has been chosen yet. */
function run(code: string, env: Record<string, string | undefined>): { stdout: string; stderr: string } {
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    cwd: projectFolder,
    encoding: "utf8",
    env: { ...process.env, UNROLL_ENGINE: undefined, ...env },
  });
  return { stdout: stdout.trimEnd(), stderr };
}

const describeEngine = `import { engine } from "unroll"; console.log(engine().name); console.log(engine().describe());`;

describe("the engine", () => {
  it("is the one that UNROLL_ENGINE names", () => {
    const { stdout, stderr } = run(describeEngine, { UNROLL_ENGINE: "reference" });
    assert.equal(stdout, "reference\nreference: plain TypeScript, 1 thread, any precision");
    assert.equal(stderr, "");
  });

  it("is else the fastest there is, and says on one line why it is no faster one, and nothing on stderr", () => {
    const { stdout, stderr } = run(describeEngine, { UNROLL_ENGINE: "", PATH: "/nowhere" });
    const [name, description, ...more] = stdout.split("\n");
    assert.ok(name === "native" || name === "simd" || name === "reference", stdout);
    assert.ok(description!.startsWith(`${name}: `), stdout);
    assert.equal(name === "native", !/; no native engine: \w/.test(description!), description);
    assert.equal(name !== "reference", !/; no simd engine: \w/.test(description!), description);
    assert.deepEqual([more, stderr], [[], ""]);
  });

  it("is chosen once: what is said of it later changes nothing, until useEngine is called", () => {
    const { stdout } = run(
      `import { engine, useEngine } from "unroll";
      const first = engine();
      process.env.UNROLL_ENGINE = "warp";
      console.log(engine() === first);
      console.log((await useEngine("reference")).name, engine().name);`,
      {},
    );
    assert.equal(stdout, "true\nreference reference");
  });

  it("is a sentence where UNROLL_ENGINE names none that there is, and useEngine then helps", () => {
    const { stdout, stderr } = run(
      `import { engine, useEngine } from "unroll";
      try { engine(); } catch (error) { console.log(error.name, error.message); }
      try { await useEngine("auto"); } catch (error) { console.log(error.message); }
      await useEngine("reference");
      console.log(engine().name);`,
      { UNROLL_ENGINE: "warp" },
    );
    const sentence = `UNROLL_ENGINE: there is no engine "warp", take "auto" or native, simd, tensorflow, reference`;
    assert.equal(stdout, `RangeError ${sentence}\n${sentence}\nreference`);
    assert.equal(stderr, "");
  });

  it("is no accident of the name of an object's method", () => {
    const { stdout } = run(
      `import { useEngine } from "unroll"; await useEngine("toString").catch((e) => console.log(e.message));`,
      {},
    );
    assert.match(stdout, /^useEngine: there is no engine "toString"/);
  });
});
