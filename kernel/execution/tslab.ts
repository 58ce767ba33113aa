/** Stock tslab's `import * as tslab from "tslab"`, for notebooks that were written for it: its display shows through ours. */
import { createRequire } from "node:module";
import type { MimeBundle } from "./bundle.js";
import type { Host } from "./output.js";

interface TslabJupyter {
  /** tslab's display calls what it finds here. */
  lastWriteDisplayData: (
    shown: { data: MimeBundle; metadata: object; transient: { display_id?: string } },
    update?: boolean,
  ) => void;
}

/** Loads it when it is asked for: it brings a TypeScript compiler of its own. */
export function loadTslab(host: Host): unknown {
  const require = createRequire(import.meta.url);
  const jupyter = require("tslab/dist/jupyter.js") as TslabJupyter;
  jupyter.lastWriteDisplayData = ({ data, metadata, transient }, update) =>
    host.show(data, { metadata, ...(transient.display_id && { id: transient.display_id, update: update ?? false }) });
  return require("tslab/dist/public.js");
}
