import { buildSequence, esn, mackeyGlass, nrmse, random, reservoir, type Sequence } from "unroll";

/** How far predictions lie from the series, divided by its deviation. */
export interface MackeyGlassErrors {
  readonly oneStep: number;
  /** Running freely, from 25 places. */
  readonly steps84: number;
  /** Of who says the last value that is known, 84 steps ahead. */
  readonly lazy: number;
}

/**
 * 400 units learn the Mackey–Glass series with τ = 17, squashed by tanh(x − 1), from 3,000 steps, of which 1,000 are washed
 * out; then they predict series that they have not seen. The settings were chosen on the seeds 1 to 3.
 *
 * @see Jaeger 2001, The "echo state" approach to analysing and training recurrent neural networks
 */
export function predictMackeyGlass({ seed = 11 } = {}): MackeyGlassErrors {
  const cell = reservoir(1, 400, { spectralRadius: 1.15, leak: 0.65, biasScaling: 0.8, connectivity: 0.0125 });
  const model = esn(cell, 1);
  const weights = model.init(random(seed));

  const train = squashed(mackeyGlass({ length: 3001, random: random(1000 + seed) }));
  model.fit(weights, train.slice(0, 3000), train.slice(1, 3001), { washout: 1000, ridge: 1e-11 });

  const test = squashed(mackeyGlass({ length: 586, batch: 25, random: random(5000 + seed) }));
  const deviation = deviationOf(test);
  const { y, finalState } = model.predict(weights, test.slice(0, 500));
  const free = model.generate(weights, test.at(500), 84, { initialState: finalState }).y;
  return {
    oneStep: nrmse(y.slice(300, 500), test.slice(301, 501)),
    steps84: nrmse(free.at(83), test.at(584), { deviation }),
    lazy: nrmse(test.at(500), test.at(584), { deviation }),
  };
}

function squashed(series: Sequence): Sequence {
  return buildSequence(series.steps, series.batch, 1, (t, i) => Math.tanh(series.at(t).at(i, 0) - 1));
}

function deviationOf({ data }: Sequence): number {
  const values = Array.from(data);
  const mean = values.reduce((sum, value) => sum + value) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
