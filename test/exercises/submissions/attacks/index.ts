import { notebook } from "../../sample/source.js";
import type { Sample } from "../ordinary.js";
import { files } from "./files.js";
import { type Attack, HONEST, honest, type Targets } from "./honest.js";
import { notebooks } from "./notebooks.js";
import { overwrites } from "./overwrites.js";
import { processes } from "./processes.js";
import { resources } from "./resources.js";
import { values } from "./values.js";

export { HONEST } from "./honest.js";
export { SCRIPT } from "./notebooks.js";

const scored = (attack: Attack): Sample => ({ ...attack, score: attack.score ?? HONEST });

/** What is decided within the process, in whatever sandbox. */
export const inside: readonly Sample[] = [
  { name: "the honest notebook", content: notebook(honest) },
  ...overwrites,
  ...values,
  ...notebooks,
].map(scored);

/** What the sandbox has to keep in. */
export const outside = (targets: Targets): readonly Sample[] =>
  [...processes, ...files(targets), ...resources].map(scored);
