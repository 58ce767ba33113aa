/** The scripts that draw a page's figures, as they are drawn in JupyterLab: the same widget, the same theme. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { projectFolder } from "../install/project-folder.js";

const WIDGET = join(projectFolder, "kernel", "install", "labextension", "static");
const PAGE = join(projectFolder, "kernel", "page", "static", "page.js");

/**
 * @param figures one bundle for each place in the page; without any, no script is needed
 * @returns HTML
 */
export function figureScripts(figures: readonly unknown[]): string {
  if (figures.length === 0) return "";
  const modules = [join(WIDGET, "theme.js"), join(WIDGET, "figure.js"), PAGE].map((file) => readFileSync(file, "utf8"));
  const plotly = readFileSync(createRequire(import.meta.url).resolve("plotly.js-dist-min"), "utf8");
  return [
    packed("plotly", plotly),
    packed("figures", JSON.stringify(figures)),
    `<script type="module">\n${modules.map(withoutLinks).join("\n").replaceAll("</script", "<\\/script")}</script>\n`,
  ].join("");
}

/** A page has no other files: its modules are one after the other in a single one. */
function withoutLinks(module: string): string {
  return module.replaceAll(/^import .*\n/gm, "").replaceAll(/^export /gm, "");
}

/** Compressed text that the page unpacks; the browser does not take it for a script. */
function packed(id: string, content: string): string {
  const base64 = gzipSync(content, { level: 9 }).toString("base64");
  return `<script type="text/plain" id="${id}">${base64}</script>\n`;
}
