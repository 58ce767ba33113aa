import { randomUUID } from "node:crypto";
import { display } from "../display/display.js";
import { type Channel, host } from "../display/host.js";
import type { MimeBundle } from "../display/mime.js";
import { type BoxAnswer, boxAnswer, isPromise } from "./box-answer.js";
import type { BoxContent, BoxKind } from "./box-content.js";
import { boxHtml, boxWords } from "./box-forms.js";

const MIME = "application/vnd.unroll.try+json";

/** One thing to ask, with a name for its button. */
export interface BoxExample<Q> {
  readonly name: string;
  /** Address of what is shown in the place of its name. */
  readonly picture?: string;
  readonly question: Q;
}

/** A box in which one asks a trained model. */
export interface Box<Q> {
  readonly kind: BoxKind;
  readonly title: string;
  /** What stands above the field. */
  readonly label?: string;
  readonly examples: readonly BoxExample<Q>[];
  /** The question in what a widget has sent. @throws where there is none */
  read(data: unknown, buffers: readonly Uint8Array[]): Q;
  answer(question: Q): unknown;
  /** Address of a picture of what the model reads. */
  seen?(question: Q): string;
}

/**
 * Shows a box with the answers to its examples, and answers what its widget asks from then on.
 *
 * @returns a promise where an answer to an example is one
 */
export function showBox<Q>(box: Box<Q>): Promise<void> | undefined {
  const listening = host().listen;
  // a terminal says one answer, and none is made in vain
  const examples = host().isTerminal ? box.examples.slice(0, 1) : box.examples;
  const answers = examples.map(({ question }) => boxAnswer(() => box.answer(question)));
  const name = `unroll.try.${randomUUID()}`;
  const show = (ready: readonly BoxAnswer[]) => {
    listening?.(name, (channel) => channel.onMessage((...message) => reply(box, channel, ...message)));
    display(bundleOf(box, name, ready));
  };
  if (answers.some(isPromise)) return Promise.all(answers).then(show);
  show(answers as BoxAnswer[]);
  return undefined;
}

function bundleOf<Q>(
  { kind, title, label, examples }: Box<Q>,
  name: string,
  answers: readonly BoxAnswer[],
): MimeBundle {
  const asked = answers.map((answer, i) => {
    const { name, picture } = examples[i]!;
    return { name, ...(picture !== undefined && { picture }), answer };
  });
  const content: BoxContent = { box: name, kind, title, ...(label !== undefined && { label }), examples: asked };
  return {
    [MIME]: {
      ...content,
      examples: asked.map(({ answer, ...about }) => ({ ...about, answer: withoutSketch(answer) })),
    },
    "text/html": boxHtml(content),
    "text/plain": boxWords(content),
  };
}

/** Where there is a widget, it draws the figures. */
function withoutSketch(answer: BoxAnswer): BoxAnswer {
  if ("error" in answer) return answer;
  return {
    shown: answer.shown.map((bundle) => {
      const { "text/html": _, ...rest } = bundle;
      return "application/vnd.plotly.v1+json" in bundle ? rest : bundle;
    }),
  };
}

/** Answers one message of a widget, under the number that it has given it. */
function reply<Q>(box: Box<Q>, channel: Channel, data: unknown, buffers: readonly Uint8Array[]): void {
  const { ask } = data as { ask?: unknown };
  const send = (content: object) => channel.isOpen && channel.send({ to: ask, ...content });
  let seen: string | undefined;
  const answer = boxAnswer(() => {
    const question = box.read(data, buffers);
    seen = box.seen?.(question);
    return box.answer(question);
  });
  const about = seen === undefined ? {} : { seen };
  if (!isPromise(answer)) send({ ...about, ...answer });
  else {
    // the message's handler ends before the answer is there: the widget is told that it may wait
    send({ isOnItsWay: true });
    void answer.then((ready) => send({ ...about, ...ready }));
  }
}
