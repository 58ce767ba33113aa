/** The examples of a box become buttons: one answer is shown at a time. */
for (const box of document.querySelectorAll(".unroll-box")) {
  const buttons = [...box.querySelectorAll("[data-example]")];
  const answers = [...box.querySelectorAll(":scope > .unroll-box-answer")];
  function choose(index) {
    for (const [i, button] of buttons.entries()) button.setAttribute("aria-pressed", String(i === index));
    for (const [i, answer] of answers.entries()) answer.hidden = i !== index;
  }
  for (const [i, button] of buttons.entries()) button.addEventListener("click", () => choose(i));
  for (const asked of box.querySelectorAll(".unroll-box-asked")) asked.remove(); // the pressed button says it
  box.querySelector(".unroll-box-examples").hidden = false;
  choose(0);
}
