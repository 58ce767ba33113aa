/**
 * A box in which one tries a trained model: its title, a way to ask, the buttons of its examples, a note, and the answer.
 *
 * Each example has an answer that was stored when its cell ran, and shows it at once, with or without a kernel. What one
 * asks oneself goes through the connection, and its answer takes the place of what was shown.
 */
import { fieldFor } from "./box-fields.js";
import { element } from "./box-parts.js";

export const TO_TRY = "Run this cell to try your own.";
const BUSY = "The kernel is busy: the answer comes when it is done.";
const WAITING = "Waiting for the answer …";
/** An answer that comes sooner needs no word, in milliseconds. */
const SOON = 300;

let boxes = 0;

/**
 * @param content what the kernel has sent of the box
 * @param connection `isOpen`, `isBusy`, `ask(question, bytes)` and `onChange(listener)`
 * @param show draws the bundles of an answer below the box, in the place of the ones before
 * @returns the element in front of the answer
 */
export function boxHead(content, connection, show) {
  const head = element("div", "unroll-box-head");
  const title = element("div", "unroll-box-title", content.title);
  title.id = `unroll-box-${++boxes}`;
  const note = element("p", "unroll-box-note");
  note.setAttribute("role", "status");
  const field = fieldFor(content, { title: title.id, ask, example });
  let asked = 0;

  function example(index) {
    asked++; // an answer that is on its way is no longer what one wants to see
    field.waits(false);
    say("");
    field.choose(index);
    showAnswer(content.examples[index].answer);
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
    say("");
    showAnswer(answer);
  }

  function showAnswer(answer) {
    if (answer.error !== undefined) {
      say(answer.error, true);
      if (!field.keeps) show([]);
      field.failed?.();
    } else show(field.answered(answer));
  }

  function say(sentence, isError = false) {
    note.textContent = sentence || (connection.isOpen ? "" : TO_TRY);
    note.classList.toggle("unroll-box-error", isError);
    note.hidden = note.textContent === "";
  }

  function follow() {
    field.opens(connection.isOpen);
    say("");
  }

  head.append(title, ...field.nodes, note);
  connection.onChange(follow);
  follow();
  if (content.examples.length > 0) example(0);
  return head;
}
