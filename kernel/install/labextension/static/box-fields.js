/**
 * The ways to ask: a field for a text, a canvas, pictures to pick from, a talk.
 *
 * Each is an object with its `nodes`; `choose(index)` shows an example as asked, `opens(isOpen)` and `waits(isWaiting)` say
 * whether one can ask; `answered(answer)` returns the bundles that are drawn below; `failed()`, where it is there, says that
 * there are none.
 */
import { canvasField } from "./box-canvas.js";
import { lineOfText } from "./box-line.js";
import { exampleButtons, plainButton } from "./box-parts.js";
import { chatField } from "./box-talk.js";

/**
 * @param box `ask(question, bytes)`; `example(index)` shows an example; `forget()` gives up what is asked, and clears the
 *   answer
 */
export function fieldFor(content, box) {
  const makers = { text: textField, drawing: canvasField, picture: pictureField, chat: chatField };
  return makers[content.kind](content, box);
}

function textField({ label, examples }, { ask, example }) {
  const buttons = exampleButtons(examples, example);
  const line = lineOfText(label, "Ask", (text) => {
    buttons.choose(-1);
    ask({ text });
  });
  return {
    nodes: [line.form, buttons.node],
    opens: line.opens,
    waits: line.waits,
    choose(index) {
      line.input.value = examples[index].name;
      buttons.choose(index);
    },
    answered: ({ shown }) => shown,
  };
}

function pictureField({ examples }, { ask, example }) {
  let picked = 0;
  const again = plainButton("Ask again", () => ask({ index: picked }));
  const buttons = exampleButtons(examples, example);
  return {
    nodes: [buttons.node, again],
    opens(isOpen) {
      again.hidden = !isOpen;
    },
    waits(isWaiting) {
      again.disabled = isWaiting;
    },
    choose(index) {
      picked = index;
      buttons.choose(index);
    },
    answered: ({ shown }) => shown,
  };
}
