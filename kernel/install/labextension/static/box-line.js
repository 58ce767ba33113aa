import { element } from "./box-parts.js";

/** A field for a line of text with a button behind it; Enter presses the button. */
export function lineOfText(label, action, send) {
  const form = element("form", "unroll-box-form");
  const name = element("label", "unroll-box-label", label);
  const line = element("div", "unroll-box-line");
  const input = element("input", "unroll-box-input");
  const button = element("button", "unroll-box-button unroll-box-main", action);
  Object.assign(input, { type: "text", maxLength: 10_000, autocomplete: "off" });
  button.type = "submit";
  line.append(input, button);
  name.append(line);
  form.append(name);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!button.disabled && input.value.trim() !== "") send(input.value);
  });
  // in JupyterLab the browser does not send a form with Enter by itself
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  let open = false;
  let waiting = false;
  function show() {
    input.disabled = !open;
    button.disabled = !open || waiting;
  }
  return {
    form,
    line,
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
