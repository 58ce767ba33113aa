/**
 * The ways to ask: a field for a text, a canvas, pictures to pick from, a talk.
 *
 * Each is an object with its `nodes`; `choose(index)` shows an example as asked, `opens(isOpen)` and `waits(isWaiting)` say
 * whether one can ask, and `answered(answer)` returns the bundles that are drawn below the box.
 */
import { canvasField } from "./box-canvas.js";
import { element, exampleButtons } from "./box-parts.js";

/** @param box `title`, the id of the box's title; `ask(question, bytes)`; `example(index)` */
export function fieldFor(content, box) {
  const makers = { text: textField, drawing: canvasField, picture: pictureField, chat: chatField };
  return makers[content.kind](content, box);
}

function textField({ label, examples }, { ask, example }) {
  const line = lineOfText(label, "Ask", (text) => {
    buttons.choose(-1);
    ask({ text });
  });
  const buttons = exampleButtons(examples, example);
  return {
    ...line,
    nodes: [line.form, buttons.node],
    choose(index) {
      line.input.value = examples[index].name;
      buttons.choose(index);
    },
    answered: ({ shown }) => shown,
  };
}

function pictureField({ examples }, { ask, example }) {
  let open = false;
  let wanted = 0;
  const again = element("button", "unroll-box-button", "Ask again");
  again.type = "button";
  again.addEventListener("click", () => ask({ index: wanted }));
  const buttons = exampleButtons(examples, example);
  return {
    nodes: [buttons.node, again],
    choose(index) {
      wanted = index;
      buttons.choose(index);
    },
    opens: (isOpen) => {
      open = isOpen;
      again.hidden = !open;
    },
    waits: (isWaiting) => {
      again.disabled = isWaiting;
    },
    answered: ({ shown }) => shown,
  };
}

function chatField({ examples }, { ask, example }) {
  const log = element("ol", "unroll-box-talk");
  log.setAttribute("aria-live", "polite");
  log.tabIndex = 0; // it scrolls, also without a mouse
  log.setAttribute("aria-label", "What was said");
  let turns = [];
  let said = "";
  let open = false;
  const say = (text) => {
    said = text;
    draw();
    ask({ text, turns });
  };
  const line = lineOfText("Your message", "Send", say);
  const again = element("button", "unroll-box-button unroll-box-quiet", "Start over");
  again.type = "button";
  again.addEventListener("click", () => {
    turns = [];
    said = "";
    draw();
    line.input.focus();
  });
  line.form.querySelector(".unroll-box-line").append(again);
  // without a kernel an example is shown as it was answered; with it, it is said
  const buttons = exampleButtons(examples, (index) =>
    open && turns.length > 0 ? say(examples[index].name) : example(index),
  );

  function draw() {
    const bubbles = [
      ...turns.flatMap(({ you, reply }) => [
        ["you", you],
        ["reply", reply],
      ]),
      ...(said ? [["you", said]] : []),
    ];
    log.replaceChildren(...bubbles.map(([who, text]) => bubble(who, text)));
    log.hidden = bubbles.length === 0;
    log.scrollTop = log.scrollHeight;
  }

  return {
    nodes: [log, line.form, buttons.node],
    keeps: true,
    choose(index) {
      turns = [];
      said = examples[index].name;
      draw();
    },
    opens(isOpen) {
      open = isOpen;
      line.opens(isOpen);
    },
    waits: line.waits,
    answered({ shown: [reply, ...rest] }) {
      turns = [...turns, { you: said, reply: String(reply?.["text/plain"] ?? "") }];
      said = "";
      line.input.value = "";
      draw();
      return rest;
    },
    failed() {
      line.input.value = said;
      said = "";
      draw();
    },
  };
}

function bubble(who, text) {
  const node = element("li", `unroll-box-${who}`);
  const name = element("span", "unroll-box-who", who === "you" ? "You" : "Model");
  node.append(name, element("span", "unroll-box-said", text));
  return node;
}

/** A field with a button behind it; Enter presses the button. */
function lineOfText(label, action, send) {
  const form = element("form", "unroll-box-form");
  const name = element("label", "unroll-box-label", label);
  const line = element("div", "unroll-box-line");
  const input = element("input", "unroll-box-input");
  input.type = "text";
  input.maxLength = 10_000;
  input.autocomplete = "off";
  input.spellcheck = false;
  const button = element("button", "unroll-box-button unroll-box-main", action);
  button.type = "submit";
  line.append(input, button);
  name.append(line);
  form.append(name);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!button.disabled && input.value.trim() !== "") send(input.value);
  });
  // JupyterLab keeps the browser from sending a form with Enter
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  let open = false;
  let waiting = false;
  const show = () => {
    input.disabled = !open;
    button.disabled = !open || waiting;
  };
  return {
    form,
    input,
    opens(isOpen) {
      open = isOpen;
      show();
    },
    waits(isWaiting) {
      waiting = isWaiting;
      show();
    },
  };
}
