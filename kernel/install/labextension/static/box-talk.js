import { lineOfText } from "./box-line.js";
import { element, exampleButtons, plainButton } from "./box-parts.js";

/** A talk with the model: what was said stands above the field. */
export function chatField({ examples }, { ask, example, forget }) {
  let turns = [];
  let said = "";
  let isOpen = false;
  let isWaiting = false;
  const log = element("ol", "unroll-box-talk");
  log.setAttribute("aria-label", "What was said");
  log.setAttribute("aria-live", "polite");
  log.tabIndex = 0; // it scrolls, also without a mouse
  const line = lineOfText("Your message", "Send", (text) => {
    line.input.value = "";
    say(text);
  });
  const again = plainButton("Start over", () => {
    forget();
    [turns, said] = [[], ""];
    draw();
    line.input.focus();
  });
  line.line.append(again);
  // where nobody can be asked, an example is the beginning of another talk
  const buttons = exampleButtons(examples, (index) => {
    if (!isOpen) example(index);
    else if (!isWaiting) say(examples[index].name);
  });

  function say(text) {
    said = text;
    draw();
    ask({ text, turns });
  }

  function draw() {
    const bubbles = turns.flatMap(({ you, reply }) => [bubble("you", "You", you), bubble("reply", "Model", reply)]);
    if (said) bubbles.push(bubble("you", "You", said));
    log.replaceChildren(...bubbles);
    log.hidden = bubbles.length === 0;
    log.scrollTop = log.scrollHeight;
  }

  return {
    nodes: [log, line.form, buttons.node],
    opens(canAsk) {
      isOpen = canAsk;
      again.hidden = !canAsk;
      line.opens(canAsk);
    },
    waits(isAsked) {
      isWaiting = isAsked;
      line.waits(isAsked);
    },
    choose(index) {
      [turns, said] = [[], examples[index].name];
      draw();
    },
    answered({ shown: [reply, ...rest] }) {
      turns = [...turns, { you: said, reply: String(reply?.["text/plain"] ?? "") }];
      said = "";
      draw();
      return rest;
    },
    /** One may say it again, or something else. */
    failed() {
      line.input.value ||= said;
      said = "";
      draw();
    },
  };
}

function bubble(who, name, text) {
  const node = element("li", `unroll-box-${who}`);
  node.append(element("span", "unroll-box-who", name), element("span", "unroll-box-said", text));
  return node;
}
