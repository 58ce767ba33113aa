/** What a box asks goes over a comm to the kernel of its notebook, and is answered there by its cell. */

/**
 * @param target the name under which the box's cell listens
 * @param context the notebook's session; none, and nobody can be asked
 */
export class Connection {
  #target;
  #context;
  #comm = null;
  #asked = 0;
  #waiting = new Map();
  #listener = () => {};

  constructor(target, context) {
    this.#target = target;
    this.#context = context;
    context?.kernelChanged.connect(this.#reopen, this);
    context?.statusChanged.connect(this.#follow, this);
    this.#reopen();
  }

  get isOpen() {
    return this.#comm !== null && !this.#comm.isDisposed;
  }

  get isBusy() {
    return this.#context?.session?.kernel?.status === "busy";
  }

  onChange(listener) {
    this.#listener = listener;
  }

  /** Resolves with the answer. @throws when there will be none */
  ask(question, bytes) {
    if (!this.isOpen) return Promise.reject(new Error("The kernel knows this box no more: run its cell again."));
    const number = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject, isOnItsWay: false });
      const data = { ...question, ask: number };
      const sent = this.#comm.send(data, undefined, bytes ? [bytes.buffer] : undefined);
      sent.done.then(
        () => this.#over(number, "The kernel was interrupted before it had an answer."),
        () => this.#over(number, "The kernel has gone before it had an answer."),
      );
    });
  }

  dispose() {
    this.#context?.kernelChanged.disconnect(this.#reopen, this);
    this.#context?.statusChanged.disconnect(this.#follow, this);
    this.#listener = () => {};
    if (this.isOpen) this.#comm.close();
    this.#comm = null;
  }

  #reopen() {
    const kernel = this.#context?.session?.kernel;
    this.#close();
    if (kernel?.handleComms) {
      const comm = kernel.createComm(this.#target);
      comm.onMsg = ({ content }) => this.#hear(content.data);
      // a kernel that has been started anew, or whose cell has been run again, does not know the box and says so
      comm.onClose = () => comm === this.#comm && this.#close();
      comm.open();
      this.#comm = comm;
    }
    this.#listener();
  }

  /** A kernel that starts anew has forgotten everything. */
  #follow(_, status) {
    if (["restarting", "autorestarting", "terminating", "dead"].includes(status)) this.#close();
  }

  #close() {
    this.#comm = null;
    for (const number of this.#waiting.keys()) this.#fail(number, "The kernel has gone before it had an answer.");
    this.#listener();
  }

  #hear({ to, isOnItsWay, ...answer }) {
    const waiting = this.#waiting.get(to);
    if (!waiting) return;
    if (isOnItsWay) waiting.isOnItsWay = true;
    else {
      this.#waiting.delete(to);
      waiting.resolve(answer);
    }
  }

  /** The kernel is done with the message. */
  #over(number, sentence) {
    if (!this.#waiting.get(number)?.isOnItsWay) this.#fail(number, sentence);
  }

  #fail(number, sentence) {
    this.#waiting.get(number)?.reject(new Error(sentence));
    this.#waiting.delete(number);
  }
}
