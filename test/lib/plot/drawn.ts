import { type Figure, jupyterDisplay } from "unroll";

export interface Trace {
  type: string;
  name?: string;
  mode?: string;
  x: number[];
  y: number[];
  z: (number | null)[][];
  zmin?: number;
  zmax?: number;
  text: string[];
  hovertext: string[];
  hovertemplate: string;
  yaxis?: string;
  fill?: string;
  customdata: number[][];
  marker: { color: string[]; size: number[]; symbol: string[] };
  textfont: { color: string[] };
}

interface Axis {
  type?: string;
  range?: number[];
  tickvals?: number[];
  ticktext?: string[];
  title?: { text: string };
  domain?: number[];
}

export interface Drawn {
  data: Trace[];
  layout: {
    height: number;
    margin?: { t?: number; b?: number };
    showlegend?: boolean;
    barmode?: string;
    xaxis: Axis;
    yaxis: Axis;
    yaxis2?: Axis;
    scene?: object;
    shapes: { y0?: number; path?: string; name?: string; line: { color: string; width: number } }[];
    annotations: {
      x: number;
      y: number;
      ax: number;
      ay: number;
      arrowcolor: string;
      arrowwidth: number;
      visible?: boolean;
    }[];
    sliders: { steps: { label: string; args: [string[]] }[] }[];
    updatemenus: object[];
  };
  frames?: { name: string; data: Trace[]; layout: Drawn["layout"] }[];
  bytes: number;
  text: string;
}

/** What the front end gets: through JSON, as on the wire. */
export function drawn(figure: Figure): Drawn {
  const bundle = figure[jupyterDisplay]();
  const json = JSON.stringify(bundle["application/vnd.plotly.v1+json"]);
  return { ...JSON.parse(json), bytes: json.length, text: bundle["text/plain"] as string };
}
