import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { projectFolder } from "#kernel/install/project-folder.js";
import { kernelForTheseTests } from "../kernel/support.js";

const tslab = join(createRequire(import.meta.url).resolve("tslab/package.json"), "..", "bin", "tslab");

describe("in stock tslab, the library", function () {
  this.timeout(60_000);
  const kernel = kernelForTheseTests({
    folder: join(projectFolder, "notebooks"),
    command: (file) => [process.execPath, tslab, "kernel", `--config-path=${file}`],
  });

  it("is imported by its name and computes", async () => {
    const ran = await kernel.run(`
      import { build, classifier, random, rnn } from "unroll";
      const model = classifier(rnn(2, 3), 2);
      const weights = model.init(random(1));
      console.log(weights.readout.W.rows, build(1, 2, (_, j) => j).toRows());`);
    assert.equal(ran.text("stderr"), "");
    assert.equal(ran.text("stdout"), "3 [ [ 0, 1 ] ]\n");
  });

  it("shows figures and updates them in place", async () => {
    const ran = await kernel.run(`
      import { display, plot } from "unroll";
      const draw = (y: number[], update: boolean) => display(plot.curves([{ name: "loss", y }]), { id: "loss", update });
      draw([3], false);
      draw([3, 2], true);`);
    assert.equal(ran.text("stderr"), "");
    const [first] = ran.contents("display_data") as [{ data: Bundle; transient: { display_id: string } }];
    const [second] = ran.contents("update_display_data") as [typeof first];
    assert.deepEqual(Object.keys(first.data), ["application/vnd.plotly.v1+json"]);
    assert.deepEqual(second.data["application/vnd.plotly.v1+json"].data[0]?.y, [3, 2]);
    assert.equal(second.transient.display_id, first.transient.display_id);
  });

  it("has its types, which TypeScript 5.0 reads", async () => {
    const ran = await kernel.run("import { rnn } from 'unroll'; rnn('2', 3);");
    assert.match(ran.text("stderr"), /Argument of type 'string' is not assignable to parameter of type 'number'/);
  });
});

interface Bundle {
  "application/vnd.plotly.v1+json": { data: { y: number[] }[] };
}
