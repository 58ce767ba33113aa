/** What the boxes' fields are made of. */

export function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

export function plainButton(action, press) {
  const button = element("button", "unroll-box-button", action);
  button.type = "button";
  button.addEventListener("click", press);
  return button;
}

/** Each example as a button: its name, or its picture. The one that is shown is pressed. */
export function exampleButtons(examples, choose, { isNamed = true } = {}) {
  const node = element("div", "unroll-box-examples");
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", "Examples");
  const buttons = examples.map(({ name, picture }, index) => {
    const button = element("button", picture ? "unroll-box-picture" : "unroll-box-example");
    button.type = "button";
    button.append(picture ? pictureOf(picture, isNamed ? "" : name) : name);
    if (picture && isNamed) button.append(element("span", "unroll-box-name", name));
    button.addEventListener("click", () => choose(index));
    return button;
  });
  node.append(...buttons);
  return {
    node,
    choose(index) {
      for (const [i, button] of buttons.entries()) button.setAttribute("aria-pressed", String(i === index));
    },
  };
}

export function pictureOf(address, name) {
  const image = element("img");
  // the kernel has made the address; a notebook's file may hold any
  if (/^data:image\/(png|jpeg|webp|gif);base64,/.test(address)) image.src = address;
  image.alt = name;
  return image;
}
