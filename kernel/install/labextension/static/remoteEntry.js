/*
 * The entry of the JupyterLab extension `@unroll/plotly`.
 *
 * JupyterLab loads prebuilt extensions as module-federation containers: a script that leaves an object with `init` and
 * `get` under its name in `window._JUPYTERLAB`. The container is small enough to write by hand, so the extension needs
 * no bundler; what it loads are the modules beside it.
 */
(() => {
  const folder = new URL(".", document.currentScript.src).href;
  let shared;
  let plotly;

  /** Gives JupyterLab's own copy of a package, the one its other widgets are made from. */
  async function fromJupyterLab(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  /** Loads plotly.js once, when the first figure is drawn, and leaves another extension's `window.Plotly` in place. */
  function loadPlotly() {
    plotly ??= new Promise((resolve, reject) => {
      const before = window.Plotly;
      const script = document.createElement("script");
      script.src = `${folder}plotly.js`;
      script.onload = () => {
        resolve(window.Plotly);
        if (before) window.Plotly = before;
      };
      script.onerror = () => {
        plotly = undefined;
        script.remove();
        reject(new Error(`plotly.js did not load from ${script.src}; is the server still running?`));
      };
      document.head.append(script);
    });
    return plotly;
  }

  async function mimeExtension() {
    const [{ Widget }, { MIME_TYPE, figureWidget }] = await Promise.all([
      fromJupyterLab("@lumino/widgets"),
      import(`${folder}figure.js`),
    ]);
    const FigureWidget = figureWidget(Widget, loadPlotly);
    return {
      __esModule: true,
      default: {
        id: "@unroll/plotly:renderer",
        description: "Draws Plotly figures.",
        rendererFactory: {
          // A figure is data and not code: it may be drawn in a notebook that is not trusted.
          safe: true,
          mimeTypes: [MIME_TYPE],
          createRenderer: () => new FigureWidget(),
        },
        // Before text/html (rank 50), so that a bundle that holds both is drawn live.
        rank: 0,
        dataType: "json",
      },
    };
  }

  /** The style sheet beside this script, for what is not drawn by Plotly. */
  function addStyle() {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = `${folder}box.css`;
    document.head.append(link);
  }

  /** Draws the boxes in which one tries a model: a plugin, because it asks the notebook's kernel. */
  async function extension() {
    const [{ Panel }, { IRenderMimeRegistry }, { INotebookTracker }, { BOX_MIME_TYPE, boxWidget }] = await Promise.all([
      fromJupyterLab("@lumino/widgets"),
      fromJupyterLab("@jupyterlab/rendermime"),
      fromJupyterLab("@jupyterlab/notebook"),
      import(`${folder}box-widget.js`),
    ]);
    return {
      __esModule: true,
      default: {
        id: "@unroll/plotly:boxes",
        description: "Draws boxes in which one tries a model.",
        autoStart: true,
        requires: [IRenderMimeRegistry, INotebookTracker],
        activate: (_, rendermime, notebooks) => {
          addStyle();
          // the renderers of a notebook share what resolves its links, and no other has it
          const sessionOf = (resolver) =>
            notebooks.find(({ content }) => content.rendermime.resolver === resolver)?.sessionContext;
          const BoxWidget = boxWidget(Panel, rendermime, sessionOf);
          rendermime.addFactory(
            { safe: true, mimeTypes: [BOX_MIME_TYPE], createRenderer: (options) => new BoxWidget(options) },
            0, // before text/html, which the box has too
          );
        },
      },
    };
  }

  const modules = { "./mimeExtension": mimeExtension, "./extension": extension };
  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB["@unroll/plotly"] = {
    init: (scope) => {
      shared = scope;
    },
    get: async (name) => {
      const module = await modules[name]();
      return () => module;
    },
  };
})();
