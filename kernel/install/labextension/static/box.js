/**
 * A box in which one tries a trained model: its title, a way to ask, the buttons of its examples, a note, and the answer.
 *
 * Each example has an answer that was stored when its cell ran, and shows it at once, with or without a kernel. What one
 * asks oneself goes through the connection, and its answer takes the place of what was shown.
 */
import { fieldFor } from "./box-fields.js";
import { element } from "./box-parts.js";

const TO_TRY = "Run this cell to try your own.";
const BUSY = "The kernel is busy: the answer comes when it is done.";
const WAITING = "Waiting for the answer …";
/** An answer that comes sooner needs no word, in milliseconds. */
const SOON = 300;

/**
 * @param content what the kernel has sent of the box
 * @param connection `state`, `isBusy`, `ask(question, bytes)` and `onChange(listener)`
 * @param show draws the bundles of an answer below the head, in the place of those before
 * @returns the element that stands above the answer
 */
export function boxHead(content, connection, show) {
  const head = element("div", "unroll-box-head");
  const note = element("p", "unroll-box-note");
  note.setAttribute("role", "status");
  const field = fieldFor(content, { ask, example, forget });
  let asked = 0;

  function example(index) {
    forget();
    field.choose(index);
    showAnswer(content.examples[index].answer);
  }

  /** What is asked, and not yet answered, is no longer what one wants to see. */
  function forget() {
    asked++;
    field.waits(false);
    say("");
    show([]);
  }

  async function ask(question, bytes) {
    const number = ++asked;
    field.waits(true);
    say(connection.isBusy ? BUSY : "");
    const late = setTimeout(() => number === asked && !note.textContent && say(WAITING), SOON);
    const answer = await connection.ask(question, bytes).catch((error) => ({ error: error.message }));
    clearTimeout(late);
    if (number !== asked) return;
    field.waits(false);
    showAnswer(answer);
  }

  function showAnswer(answer) {
    say(answer.error ?? "", "unroll-box-error");
    if (answer.error === undefined) return show(field.answered(answer));
    show([]);
    field.failed?.();
  }

  function say(sentence, kind) {
    note.className = `unroll-box-note ${(sentence && kind) || ""}`;
    note.textContent = sentence || (connection.state === "closed" ? TO_TRY : "");
    note.hidden = note.textContent === "";
  }

  function follow() {
    field.opens(connection.state === "open");
    say("");
  }

  head.append(element("div", "unroll-box-title", content.title), ...field.nodes, note);
  // JupyterLab takes no key for a command of the notebook that is pressed on one of these
  for (const node of head.querySelectorAll("button, input, [tabindex]")) node.dataset.lmSuppressShortcuts = "true";
  connection.onChange(follow);
  follow();
  if (content.examples.length > 0) example(0);
  return head;
}
