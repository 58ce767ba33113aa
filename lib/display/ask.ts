import { host } from "./host.js";

/**
 * Asks for a line of text. In a notebook a field opens below the cell, which waits for the answer and can be interrupted
 * meanwhile.
 *
 * @param prompt stands in front of the field
 * @param options with `password` the answer is not shown while it is typed
 * @returns the line, without its end
 * @throws where nobody can be asked: in a script, or where a notebook is run without a person
 */
export function input(prompt = "", { password = false }: { password?: boolean } = {}): string {
  return ask(String(prompt), password);
}

/**
 * Asks for a line of text as a browser does.
 *
 * @param message stands in front of the field
 * @param preset what is returned for an empty line
 * @returns the line; unlike in a browser never null, for nobody can cancel
 * @throws where nobody can be asked, see `input`
 */
export function prompt(message = "", preset = ""): string {
  return ask(preset ? `${message} [${preset}] ` : String(message), false) || preset;
}

/**
 * Asks a question that is answered by y or n.
 *
 * @returns true for "y" and "yes" in any case, false for everything else
 * @throws where nobody can be asked, see `input`
 */
export function confirm(message = ""): boolean {
  return /^\s*y(es)?\s*$/i.test(ask(`${message} [y/n] `, false));
}

function ask(prompt: string, isSecret: boolean): string {
  const asking = host();
  if (!asking.ask)
    throw new Error(
      "input: there is nobody to ask here, only the Unroll kernel asks: in a script take process.argv or node:readline",
    );
  return asking.ask(prompt, isSecret);
}
