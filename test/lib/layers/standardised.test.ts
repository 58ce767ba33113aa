import assert from "node:assert/strict";
import { buildSequence, standardised } from "unroll";
import { behavesAsLayer } from "./layer-behaviour.js";

behavesAsLayer(
  "standardised",
  (D) => standardised({ height: D, width: 1, channels: 1 }, { mean: 0.3, deviation: 0.2 }),
  { hasSummary: false },
);

describe("standardised pictures", () => {
  const image = { height: 2, width: 2, channels: 3 };
  const layer = standardised(image, { mean: 0.5, deviation: 0.25 });

  it("have mean 0 and deviation 1 where the numbers are those of the pictures", () => {
    const x = buildSequence(1, 2, 12, (_t, i, j) => ((i + j) % 2 ? 0.75 : 0.25));
    const { data } = layer.forward({}, x).y;
    assert.deepEqual(
      Array.from(data),
      Array.from(x.data, (value) => (value > 0.5 ? 1 : -1)),
    );
  });

  it("keep their shape and their precision", () => {
    assert.deepEqual(layer.outputShape, image);
    const light = layer.forward(
      {},
      buildSequence(1, 1, 12, () => 0.5, "float32"),
    ).y;
    assert.equal(light.precision, "float32");
  });
});
