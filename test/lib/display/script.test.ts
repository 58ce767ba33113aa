import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

/** What a script prints. */
function run(script: string): string[] {
  const source = `import { display, live, progress, plot } from "unroll"; ${script}`;
  const options = { cwd: new URL("../../../..", import.meta.url), encoding: "utf8" } as const;
  return execFileSync(process.execPath, ["--input-type=module", "-e", source], options).trimEnd().split("\n");
}

describe("display in a script", () => {
  it("prints the words of what it is given, and nothing of pictures", () => {
    const lines = run(
      'display({ "image/png": "…" }); display({ "text/html": "<b>7</b>", "text/plain": "seven" }); display(plot.curves([{ name: "loss", y: [2, 1] }]));',
    );
    assert.deepEqual(lines, ["seven", "loss: from 2 to 1"]);
  });

  it("asks nobody, and says so", () => {
    const lines = run(
      'const { input, prompt, confirm } = await import("unroll"); for (const ask of [input, prompt, confirm]) try { ask("?") } catch (error) { console.log(error.message) }',
    );
    assert.equal(lines.length, 3);
    for (const line of lines) assert.match(line, /^input: there is nobody to ask here, .* take process\.argv/);
  });

  it("prints the first and the last state of a quick loop, not each step", () => {
    const lines = run(
      'for (const i of progress(Array.from({ length: 5000 }, (_, i) => i), { label: "walking", unit: "steps" })) void i;',
    );
    assert.equal(lines.length, 2);
    assert.match(lines[0]!, /^walking {4}0 % {2}0 of 5,000/);
    assert.match(lines[1]!, /^walking {2}100 % {2}5,000 of 5,000 · [\d,]+ steps\/s · 0:00$/);
  });
});
