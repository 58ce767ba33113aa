import assert from "node:assert/strict";
import { skip } from "../../support/needs.js";
import { kernelForTheseTests } from "../support.js";

for (const engine of ["reference", "native", "simd", "tensorflow"]) {
  describe(`an interrupt of the ${engine} engine`, () => {
    const kernel = kernelForTheseTests({ env: { UNROLL_ENGINE: engine } });

    before(async function () {
      const { reply, result } = await kernel.run(`import { engine } from "unroll"; engine().describe()`);
      if (reply.status === "error") skip(this, String((reply as { evalue?: string }).evalue));
      assert.match(String(result), new RegExp(`^'${engine}: `));
      await kernel.run(`import { adam, asRows, classifier, lstm, mnist, random, train } from "unroll";
        const model = classifier(lstm(28, 128), 10);
        const [weights, kept] = [model.init(random(1)), model.init(random(1))];
        const rows = asRows(mnist().train.slice(0, 320));
        const first = rows.batch(Array.from({ length: 64 }, (_, i) => i));
        const lossOfKept = () => model.lossAndGradients(kept, first).loss;
        const before = lossOfKept();`);
    });

    it("stops training within half a second, and the next cell trains, to the same numbers as before", async () => {
      let quickest = Number.POSITIVE_INFINITY; // of three: the machine may be busy with something else
      for (let k = 0; k < 3; k++) {
        let interrupted = 0;
        const ran = await kernel.runAndInterrupt(
          `await train(model, weights, rows, { epochs: 1e6, batchSize: 64, optimizer: adam(), random: random(2),
            onStep: ({ step }) => console.log("step", step) });`,
          { onInterrupt: () => (interrupted = performance.now()) },
        );
        quickest = Math.min(quickest, performance.now() - interrupted);
        assert.equal((ran.reply as { ename?: string }).ename, "KeyboardInterrupt");
      }
      assert.ok(quickest < 500, `it took ${quickest} ms`);
      assert.equal((await kernel.run("lossOfKept() === before")).result, "true");
      const again = await kernel.run(
        `const { losses } = await train(model, weights, rows, { batchSize: 64, optimizer: adam(), random: random(3) });
        losses.length === 5 && losses.every(Number.isFinite)`,
      );
      assert.equal(again.result, "true");
    });
  });
}
