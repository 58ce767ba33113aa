/** Who the kernel is. */
import { createRequire } from "node:module";
import { type Content, PROTOCOL_VERSION } from "../wire/messages.js";

const require = createRequire(import.meta.url);
const typescript = (require("typescript/package.json") as { version: string }).version;
const unroll = (require("../../../package.json") as { version: string }).version;

export const kernelInfo: Content = {
  status: "ok",
  protocol_version: PROTOCOL_VERSION,
  implementation: "unroll",
  implementation_version: unroll,
  language_info: {
    name: "typescript",
    version: typescript,
    mimetype: "text/typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    codemirror_mode: { name: "javascript", mode: "typescript", typescript: true },
  },
  banner: `Unroll ${unroll}: TypeScript ${typescript} on Node.js ${process.version}`,
  help_links: [
    { text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/handbook/" },
    { text: "Node.js", url: "https://nodejs.org/docs/latest/api/" },
  ],
  supported_features: [],
  debugger: false,
};
