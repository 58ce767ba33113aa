/**
 * The widget that shows one figure in a notebook's output.
 *
 * New data, a new width and a new theme all lead to the same `Plotly.react`, which changes only what differs. While one
 * is at work, further ones wait as one: a training loop that sends figures faster than they can be drawn skips some of
 * them, and the last is always shown.
 */
import { onThemeChange, withTheme } from "./theme.js";

export const MIME_TYPE = "application/vnd.plotly.v1+json";
const DEFAULT_HEIGHT = 400; // pixels

/**
 * @param Widget JupyterLab's own class of widgets
 * @param loadPlotly gives the plotly.js library
 */
export function figureWidget(Widget, loadPlotly) {
  return class FigureWidget extends Widget {
    #figure = null; // what the kernel sent last
    #drawnWidth = 0;
    #drawing = false;
    #stale = false;
    #plot = document.createElement("div");
    #message = document.createElement("p");
    #sizeObserver = new ResizeObserver(() => {
      const width = this.node.clientWidth;
      if (width > 0 && (this.#stale || width !== this.#drawnWidth)) this.#draw();
    });
    #stopFollowingTheme = onThemeChange(() => this.#draw());

    constructor() {
      super();
      this.addClass("unroll-figure");
      // A figure wider than the page scrolls, as wide tables do.
      this.node.style.overflow = "auto hidden";
      this.#plot.setAttribute("role", "img");
      this.#message.hidden = true;
      this.node.append(this.#plot, this.#message);
      this.#sizeObserver.observe(this.node);
    }

    /** JupyterLab calls this with a cell's output, and again with each `update_display_data`. */
    renderModel(model) {
      // Plotly writes into what it draws, and the model is what will be saved: draw a copy.
      this.#figure = structuredClone(model.data[MIME_TYPE]);
      const words = model.data["text/plain"];
      if (words) this.#plot.setAttribute("aria-label", Array.isArray(words) ? words.join("") : String(words));
      // The room is taken at once, so that the page does not jump when the figure comes.
      this.#plot.style.minHeight = `${heightOf(this.#figure)}px`;
      return this.#draw();
    }

    async #draw() {
      this.#stale = true;
      if (this.#drawing) return;
      this.#drawing = true;
      while (this.#stale && this.#canDraw()) {
        this.#stale = false;
        await this.#drawOnce();
      }
      this.#drawing = false;
      if (this.#stale) this.#drawWhenSeen();
    }

    /** While JupyterLab changes its theme a figure may have no width for a moment, too short to be told of as a change. */
    #drawWhenSeen() {
      this.#sizeObserver.unobserve(this.node);
      this.#sizeObserver.observe(this.node); // tells the size anew as soon as there is one
    }

    /** An output that is not on the page has no width. */
    #canDraw() {
      return !this.isDisposed && this.#figure !== null && this.node.clientWidth > 0;
    }

    async #drawOnce() {
      const figure = this.#figure;
      try {
        checkFigure(figure);
        const plotly = await loadPlotly();
        if (this.isDisposed) return;
        this.#drawnWidth = this.node.clientWidth;
        await plotly.react(this.#plot, {
          data: figure.data,
          layout: layoutFor(figure, this.#drawnWidth),
          config: { displaylogo: false, ...figure.config, responsive: false },
          frames: figure.frames,
        });
        if (this.isDisposed) plotly.purge(this.#plot);
        this.#showMessage("");
      } catch (error) {
        this.#showMessage(`This figure cannot be drawn: ${error?.message ?? error}`);
      }
    }

    #showMessage(sentence) {
      this.#message.textContent = sentence;
      this.#message.hidden = sentence === "";
      this.#plot.hidden = sentence !== "";
    }

    dispose() {
      if (this.isDisposed) return;
      this.#sizeObserver.disconnect();
      this.#stopFollowingTheme();
      if (this.#plot.data) loadPlotly().then((plotly) => plotly.purge(this.#plot));
      super.dispose();
    }
  };
}

function checkFigure(figure) {
  if (!Array.isArray(figure?.data)) {
    throw new TypeError(`its "data" must be a list of traces, and is ${JSON.stringify(figure?.data) ?? "missing"}.`);
  }
}

function heightOf(figure) {
  return figure?.layout?.height ?? DEFAULT_HEIGHT;
}

function layoutFor(figure, width) {
  const layout = structuredClone(figure.layout ?? {});
  // What the reader has zoomed or hidden stays so while new data comes, unless the figure asks for something else.
  return withTheme({ uirevision: "kept", width, ...layout, height: heightOf(figure), autosize: false });
}
