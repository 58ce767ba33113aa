/** A canvas for a digit: drawn with mouse, finger or pen, and sent as the bytes of a grey picture. */
import { element, exampleButtons, pictureOf, plainButton } from "./box-parts.js";

const SIDE = 280; // pixels of the canvas, and of what is sent
const PEN = 0.125; // of the canvas, 2.9 of the digit's 20 pixels: the ones of MNIST's test set have 60 pixels of ink
const LEAST = 90; // pixels: a dot is not blown up to a digit
const LABEL = "A digit, drawn with mouse, finger or pen";
const PAUSE = 600; // milliseconds without the pen, after which the drawing is sent

export function canvasField({ examples }, { ask, example, forget }) {
  let strokes = [];
  let open = false;
  let timer;
  const label = element("div", "unroll-box-label", LABEL);
  const canvas = element("canvas", "unroll-box-canvas");
  canvas.width = canvas.height = SIDE;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", LABEL);
  const side = element("div", "unroll-box-side");
  const seen = element("figure", "unroll-box-seen");
  const clear = plainButton("Clear", () => {
    empty();
    forget();
  });
  side.append(seen, clear);
  const row = element("div", "unroll-box-draw");
  row.append(canvas, side);
  const buttons = exampleButtons(examples, example, { isNamed: false });

  canvas.addEventListener("pointerdown", (event) => {
    if (!open || !event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    clearTimeout(timer);
    if (strokes.length === 0) empty();
    strokes.push([placeOf(event)]);
    redraw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    const between = event.getCoalescedEvents?.() ?? [];
    strokes.at(-1).push(...(between.length > 0 ? between : [event]).map(placeOf));
    redraw();
  });
  const lift = () => {
    if (strokes.length === 0) return;
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);

  function placeOf({ clientX, clientY }) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [((clientX - left) / width) * SIDE, ((clientY - top) / height) * SIDE];
  }

  function redraw() {
    draw(canvas, strokes, 0.06 * SIDE);
  }

  function empty() {
    clearTimeout(timer);
    strokes = [];
    buttons.choose(-1);
    seen.replaceChildren();
    redraw();
  }

  function send() {
    ask({ side: SIDE }, bytesOf(fitted(strokes)));
  }

  return {
    nodes: [label, row, buttons.node],
    choose(index) {
      clearTimeout(timer);
      strokes = [];
      buttons.choose(index);
      seen.replaceChildren();
      const image = new Image();
      image.onload = () => {
        if (strokes.length > 0) return;
        const pen = paper(canvas);
        pen.imageSmoothingEnabled = false;
        pen.drawImage(image, 0, 0, SIDE, SIDE);
      };
      image.src = pictureOf(examples[index].picture, "").src;
    },
    opens(isOpen) {
      open = isOpen;
      canvas.classList.toggle("unroll-box-closed", !open);
      clear.hidden = label.hidden = !open;
    },
    waits() {},
    answered({ seen: address, shown }) {
      if (address)
        seen.replaceChildren(
          pictureOf(address, "the drawing as the model reads it"),
          element("figcaption", "", "as the model reads it"),
        );
      return shown;
    },
  };
}

function paper(canvas) {
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.fillStyle = "#000";
  pen.fillRect(0, 0, SIDE, SIDE);
  return pen;
}

function draw(canvas, strokes, width) {
  const pen = paper(canvas);
  Object.assign(pen, { strokeStyle: "#fff", lineWidth: width, lineCap: "round", lineJoin: "round" });
  for (const stroke of strokes) {
    pen.beginPath();
    pen.moveTo(...stroke[0]);
    for (const [x, y] of stroke.length > 1 ? stroke.slice(1) : [[stroke[0][0] + 0.1, stroke[0][1]]]) pen.lineTo(x, y);
    pen.stroke();
  }
}

/** The same strokes as large as the canvas allows, so that the pen is as wide beside a small digit as beside a large one. */
function fitted(strokes) {
  const [xs, ys] = [0, 1].map((axis) => strokes.flat().map((place) => place[axis]));
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = (SIDE * (1 - 2 * PEN)) / Math.max(right - left, bottom - top, LEAST);
  const canvas = element("canvas");
  canvas.width = canvas.height = SIDE;
  const moved = strokes.map((stroke) =>
    stroke.map(([x, y]) => [SIDE / 2 + (x - (left + right) / 2) * scale, SIDE / 2 + (y - (top + bottom) / 2) * scale]),
  );
  draw(canvas, moved, PEN * SIDE);
  return canvas;
}

/** 0 (paper) … 255 (ink), row by row. */
function bytesOf(canvas) {
  const { data } = canvas.getContext("2d").getImageData(0, 0, SIDE, SIDE);
  return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => data[4 * i]);
}
