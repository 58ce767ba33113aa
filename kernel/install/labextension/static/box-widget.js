/** The widget that shows a box in a notebook's output. */
import { boxHead } from "./box.js";
import { Connection } from "./connection.js";

export const BOX_MIME_TYPE = "application/vnd.unroll.try+json";

/**
 * @param Panel JupyterLab's own class of widgets that hold others
 * @param rendermime JupyterLab's renderers, which draw the answers
 * @param sessionOf gives the session of the notebook that a renderer was made for
 */
export function boxWidget(Panel, rendermime, sessionOf) {
  return class BoxWidget extends Panel {
    #resolver;
    #connection = null;
    #answer = new Panel();

    constructor({ resolver }) {
      super();
      this.#resolver = resolver;
      this.addClass("unroll-box");
      this.#answer.addClass("unroll-box-answer");
      this.#answer.node.setAttribute("aria-live", "polite");
      this.addWidget(this.#answer);
    }

    /** JupyterLab calls this with a cell's output. */
    renderModel(model) {
      const content = model.data[BOX_MIME_TYPE];
      this.#connection?.dispose();
      this.#connection = new Connection(content.box, model.trusted ? sessionOf(this.#resolver) : undefined);
      const head = boxHead(content, this.#connection, (bundles) => this.#show(bundles, model.trusted));
      this.node.querySelector(":scope > .unroll-box-head")?.remove();
      this.node.prepend(head);
      return Promise.resolve();
    }

    #show(bundles, trusted) {
      for (const widget of [...this.#answer.widgets]) widget.dispose();
      for (const data of bundles) {
        const type = rendermime.preferredMimeType(data, trusted ? "any" : "ensure");
        if (!type) continue;
        const renderer = rendermime.createRenderer(type);
        this.#answer.addWidget(renderer);
        void renderer.renderModel(rendermime.createModel({ data, trusted }));
      }
      this.#answer.setHidden(bundles.length === 0);
    }

    dispose() {
      this.#connection?.dispose();
      super.dispose();
    }
  };
}
