import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import temml from "temml";

const CSS = createRequire(import.meta.url).resolve("temml/dist/Temml-Local.css");

/** A formula as MathML, which browsers draw themselves; one that cannot be read is shown as it is, with the reason. */
export function formulaHtml(tex: string, { display }: { display: boolean }): string {
  const math = temml.renderToString(tex, { displayMode: display, throwOnError: false });
  return display ? `<div class="formula">${math}</div>` : math;
}

/** What MathML needs beside the browser's own style: one small font, in the style sheet itself. */
export function formulaStyle(): string {
  return readFileSync(CSS, "utf8").replaceAll(/url\('([\w.]+\.woff2)'\)/g, (_, font: string) => {
    const base64 = readFileSync(createRequire(CSS).resolve(`./${font}`)).toString("base64");
    return `url(data:font/woff2;base64,${base64})`;
  });
}
