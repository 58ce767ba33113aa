/** Draws a page's figures by JupyterLab's widget for them, from what is packed into the page. */
import { figureWidget } from "./figure.js";

/** As much of JupyterLab's class of widgets as a figure needs. */
class Widget {
  node = document.createElement("div");
  isDisposed = false;

  addClass(name) {
    this.node.classList.add(name);
  }
}

async function unpack(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

let plotly;

function loadPlotly() {
  plotly ??= unpack("plotly").then((text) => {
    const script = document.createElement("script");
    script.textContent = text;
    document.head.append(script);
    return window.Plotly;
  });
  return plotly;
}

/** A widget follows the theme by an attribute that JupyterLab sets. */
function followTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const tell = () => document.body.setAttribute("data-jp-theme-light", String(!dark.matches));
  dark.addEventListener("change", tell);
  tell();
}

async function drawFigures() {
  const FigureWidget = figureWidget(Widget, loadPlotly);
  const bundles = JSON.parse(await unpack("figures"));
  for (const place of document.querySelectorAll("[data-figure]")) {
    const widget = new FigureWidget();
    place.append(widget.node);
    await widget.renderModel({ data: bundles[place.dataset.figure] });
  }
}

/** A browser that cannot unpack them shows what it would show without scripts. */
function showPictures() {
  for (const place of document.querySelectorAll("[data-figure]")) {
    place.innerHTML = place.querySelector("noscript").textContent;
  }
}

followTheme();
drawFigures().catch(showPictures);
