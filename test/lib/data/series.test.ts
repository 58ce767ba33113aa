import assert from "node:assert/strict";
import { mackeyGlass, noisySine, random, type Sequence } from "unroll";

const column = (s: Sequence, i = 0) => Array.from({ length: s.steps }, (_, t) => s.at(t).at(i, 0));
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

// the figures themselves are compared with SciPy's in test/parity
describe("mackeyGlass", () => {
  it("stays between 0.2 and 1.4, and never settles, with the delay 17", () => {
    const values = column(mackeyGlass({ length: 3000 }));
    assert.ok(Math.min(...values) > 0.2 && Math.max(...values) < 1.4, `${Math.min(...values)} ${Math.max(...values)}`);
    const deviation = Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)));
    // Jaeger & Haas 2004 and others give a variance of about 0.05
    assert.ok(Math.abs(deviation - 0.23) < 0.02, `${deviation}`);
  });

  it("is chaotic with the delay 17, and periodic with the delay 10", () => {
    const apart = (tau: number) => {
      const [a, b] = [1.2, 1.2 + 1e-6].map((initial) =>
        column(mackeyGlass({ length: 5000, tau, initial, discard: 0 })),
      );
      const far = a!.map((value, t) => Math.abs(value - b![t]!));
      return [Math.max(...far.slice(0, 100)), Math.max(...far.slice(4000))] as const;
    };
    const [early, late] = apart(17);
    assert.ok(early < 1e-4 && late > 0.1, `${early}, ${late}`);
    assert.ok(apart(10)[1] < 1e-4, `${apart(10)}`);
  });

  it("rests at 1, where gain and loss are equal", () => {
    // 0.2·1 / (1 + 1) − 0.1·1 = 0
    for (const value of column(mackeyGlass({ length: 50, initial: 1, discard: 0 }))) assert.equal(value, 1);
  });

  it("leaves out the start", () => {
    const whole = column(mackeyGlass({ length: 60, discard: 0 }));
    assert.equal(whole[0], 1.2);
    assert.deepEqual(column(mackeyGlass({ length: 40, discard: 20 })), whole.slice(20));
  });

  it("gives other series side by side, the same for the same seed", () => {
    const series = mackeyGlass({ length: 10, batch: 2, random: random(1) });
    assert.notDeepEqual(column(series, 0), column(series, 1));
    assert.deepEqual(series, mackeyGlass({ length: 10, batch: 2, random: random(1) }));
  });

  it("can take a step that is as long as the delay", () => {
    const values = column(mackeyGlass({ length: 200, tau: 1, step: 1, discard: 0 }));
    assert.ok(Math.abs(values.at(-1)! - 1) < 1e-3, `${values.at(-1)}`); // without much delay it comes to rest at 1
  });

  it("refuses sizes, delays and steps that do not fit", () => {
    assert.throws(() => mackeyGlass({ length: 0 }), /length is 0, expected a whole number ≥ 1/);
    assert.throws(
      () => mackeyGlass({ length: 5, batch: 2 }),
      /2 series without a random generator would all be the same/,
    );
    assert.throws(() => mackeyGlass({ length: 5, step: 0.3 }), /the step is 0.3 and tau is 17/);
    assert.throws(() => mackeyGlass({ length: 5, tau: 0.25 }), /tau is 0.25/);
    assert.throws(() => mackeyGlass({ length: 5, tau: -1 }), /tau is -1/);
    assert.throws(() => mackeyGlass({ length: 5, discard: -1 }), /discard is -1/);
    assert.throws(() => mackeyGlass({ length: 5, initial: Number.NaN }), /initial is NaN/);
  });
});

describe("noisySine", () => {
  it("is a sine without noise", () => {
    const values = column(noisySine({ length: 9, period: 8 }));
    const root = Math.SQRT1_2;
    [0, root, 1, root, 0, -root, -1, -root, 0].forEach((value, t) => {
      assert.ok(Math.abs(values[t]! - value) < 1e-12);
    });
  });

  it("has noise of the deviation that is asked for", () => {
    const length = 20_000;
    const seen = column(noisySine({ length, noise: 0.1, random: random(1) }));
    // the phase is the first draw
    const phase = 2 * Math.PI * random(1)();
    const errors = seen.map((value, t) => value - Math.sin((2 * Math.PI * t) / 25 + phase));
    const deviation = Math.sqrt(mean(errors.map((e) => e * e)));
    // five deviations of a mean and of a deviation: 0.1/√20000 and 0.1/√40000
    assert.ok(Math.abs(mean(errors)) < 5 * 7.1e-4 && Math.abs(deviation - 0.1) < 5 * 5e-4, `${deviation}`);
  });

  it("begins each wave of a batch somewhere else", () => {
    const waves = noisySine({ length: 3, batch: 2, random: random(1) });
    assert.notEqual(waves.at(0).at(0, 0), waves.at(0).at(1, 0));
  });

  it("refuses what is no wave", () => {
    assert.throws(() => noisySine({ length: 1.5 }), /length is 1.5/);
    assert.throws(() => noisySine({ length: 5, batch: 3 }), /3 series without a random generator/);
    assert.throws(() => noisySine({ length: 5, period: 0 }), /period is 0 and noise is 0/);
    assert.throws(() => noisySine({ length: 5, noise: -1, random: random(1) }), /noise is -1/);
    assert.throws(() => noisySine({ length: 5, noise: 0.1 }), /noise is 0.1 and needs a random generator/);
  });
});
