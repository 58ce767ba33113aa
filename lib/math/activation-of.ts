import { type Activation, type ActivationName, activations } from "./activation.js";
import { checkChoice } from "./check-options.js";

/** @throws when there is none of this name */
export function activationOf(what: string, name: ActivationName): Activation {
  checkChoice(what, "activation", name, Object.keys(activations));
  return activations[name];
}
