/** The library's documentation, from its docstrings: `npm run docs` writes it to docs/index.html. */
import { Converter, ReflectionKind } from "typedoc";

/** @type {Partial<import("typedoc").TypeDocOptions>} */
export default {
  name: "Unroll: the library",
  entryPoints: ["lib/index.ts"],
  tsconfig: "lib/tsconfig.json",
  out: "docs",
  readme: "none",
  plugin: [nameOptionsPlainly],
  disableSources: true,
  excludePrivate: true,
  hideGenerator: true,
  treatWarningsAsErrors: true,
};

/**
 * Docstrings name an option as it is called, `@param forgetBias`; TypeDoc knows the options of a parameter that is taken
 * apart in the signature only as `@param options.forgetBias`.
 *
 * @param {import("typedoc").Application} app
 */
function nameOptionsPlainly(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const signature of project.getReflectionsByKind(ReflectionKind.SomeSignature)) {
      const options = signature.parameters?.find(({ name }) => name === "__namedParameters" || name === "options");
      if (!options) continue;
      options.name = "options";
      const others = new Set(signature.parameters.map(({ name }) => name));
      for (const tag of signature.comment?.blockTags ?? []) {
        if (tag.tag === "@param" && !others.has(tag.name)) tag.name = `options.${tag.name}`;
      }
    }
  });
}
