import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import type { Notebook } from "../client/notebook.js";
import { CHROMIUM_FLAGS, findChromium } from "./chromium.js";
import { figureOf, type PlotlyFigure, plotsOf } from "./plots.js";

const SIZE = { width: 760, height: 320 };

/**
 * Adds a picture to each Plotly output, so that the notebook can be read where no script runs. The sketch in HTML gives
 * way to it: GitHub would show that one instead.
 *
 * @param options.format "png" is what every front end shows, "webp" is smaller
 * @param options.signal ends the drawing, and it throws; without it, Ctrl-C ends the process
 * @returns how many pictures were added; undefined when there is no Chromium to draw them
 */
export async function addPictures(
  notebook: Notebook,
  { format = "png", signal }: { format?: "png" | "webp"; signal?: AbortSignal } = {},
): Promise<number | undefined> {
  const executablePath = findChromium();
  if (!executablePath) return undefined;
  const figures = plotsOf(notebook);
  if (figures.length === 0) return 0;

  const { chromium } = await import("playwright-core");
  const handlesSignals = signal === undefined;
  const browser: Browser = await chromium.launch({
    executablePath,
    args: CHROMIUM_FLAGS,
    handleSIGINT: handlesSignals,
    handleSIGTERM: handlesSignals,
    handleSIGHUP: handlesSignals,
  });
  const stop = () => void browser.close();
  signal?.addEventListener("abort", stop);
  try {
    signal?.throwIfAborted();
    const page = await browser.newPage();
    await page.addScriptTag({
      content: readFileSync(createRequire(import.meta.url).resolve("plotly.js-dist"), "utf8"),
    });
    for (const data of figures) {
      data[`image/${format}`] = await draw(page, figureOf(data), format);
      delete data["text/html"];
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    await browser.close();
  }
  return figures.length;
}

/** @returns base64 */
async function draw(page: Page, figure: PlotlyFigure, format: "png" | "webp"): Promise<string> {
  const { width = SIZE.width, height = SIZE.height } = figure.layout ?? {};
  const url = await page.evaluate(
    ([drawn, options]) => {
      type ToImage = (figure: object, options: object) => Promise<string>;
      const { Plotly } = globalThis as unknown as { Plotly: { toImage: ToImage } };
      return Plotly.toImage(drawn, options);
    },
    [figure, { format, width, height }] as const,
  );
  return url.slice(url.indexOf(",") + 1);
}
