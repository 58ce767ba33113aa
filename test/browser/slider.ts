/** A plot's slider, moved as a reader moves it. */
import type { Locator, Page } from "playwright-core";

interface Plot {
  data: { text?: string[]; y?: unknown; z?: unknown; source?: string; marker?: { color?: unknown } }[];
  _fullLayout: { sliders: { active: number }[] };
}

/** The first plot on a page that has a slider. */
export function plotWithSlider(page: Page): Locator {
  return page.locator(".js-plotly-plot:has(.slider-container)").first();
}

/** What the plot shows, and where its slider stands. */
export async function shownBy(plot: Locator): Promise<{ active: number; shows: string }> {
  return plot.evaluate((node) => {
    const { data, _fullLayout: layout } = node as unknown as Plot;
    const parts = data.map(({ text, y, z, source, marker }) => [text, y, z, source, marker?.color]);
    return { active: layout.sliders[0]!.active, shows: JSON.stringify(parts) };
  });
}

/** Clicks on a place of the slider's rail, 0 … 1, and waits until the slider has followed. */
export async function moveSlider(page: Page, plot: Locator, share: number): Promise<void> {
  const touched = plot.locator(".slider-rail-touch-rect").first();
  await touched.scrollIntoViewIfNeeded(); // it stands below a plot that may be as tall as the window
  const before = await shownBy(plot);
  const rail = (await touched.boundingBox())!;
  await page.mouse.click(rail.x + share * rail.width, rail.y + rail.height / 2);
  for (let tries = 0; tries < 50; tries++) {
    if ((await shownBy(plot)).active !== before.active) return;
    await page.waitForTimeout(100);
  }
  throw new Error("The slider did not move.");
}
