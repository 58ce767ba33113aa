/** What a box asks goes over a comm to the kernel of its notebook, and is answered there by its cell. */

const INTERRUPTED = "The kernel was interrupted before it had an answer.";

export class Connection {
  #target;
  #session;
  #comm = null;
  /** "open", "closed", or "unknown" until the kernel has said whether it knows the box. */
  #state = "closed";
  #asked = 0;
  #waiting = new Map();
  #listener = () => {};

  /**
   * @param target the name under which the box's cell listens
   * @param session the notebook's session; none, and nobody can be asked
   */
  constructor(target, session) {
    this.#target = target;
    this.#session = session;
    session?.kernelChanged.connect(this.#open, this);
    session?.statusChanged.connect(this.#follow, this);
    this.#open();
  }

  get state() {
    return this.#state;
  }

  get isBusy() {
    return this.#session?.session?.kernel?.status === "busy";
  }

  /** Calls `listener` when the state has changed. */
  onChange(listener) {
    this.#listener = listener;
  }

  /** Resolves with the answer. @throws when there will be none; without a message where the kernel has gone */
  ask(question, bytes) {
    if (this.#state !== "open") return Promise.reject(new Error(""));
    const number = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject, isOnItsWay: false });
      const sent = this.#comm.send({ ...question, ask: number }, undefined, bytes && [bytes.buffer]);
      sent.done.then(
        () => this.#waiting.get(number)?.isOnItsWay || this.#fail(number, INTERRUPTED),
        () => this.#fail(number, ""),
      );
    });
  }

  dispose() {
    this.#session?.kernelChanged.disconnect(this.#open, this);
    this.#session?.statusChanged.disconnect(this.#follow, this);
    this.#listener = () => {};
    if (this.#comm && !this.#comm.isDisposed) this.#comm.close();
    this.#comm = null;
  }

  #open() {
    const kernel = this.#session?.session?.kernel;
    if (!kernel?.handleComms) return this.#close();
    const comm = kernel.createComm(this.#target);
    this.#comm = comm;
    comm.onMsg = ({ content }) => this.#hear(content.data);
    const close = () => comm === this.#comm && this.#close();
    // a kernel that was started anew, or whose cell was run again, does not know the box and says so
    comm.onClose = close;
    comm.open();
    this.#become("unknown");
    // a kernel that is busy answers this nevertheless
    kernel.requestCommInfo({ target_name: this.#target }).then(({ content }) => {
      if (comm === this.#comm && content.comms?.[comm.commId]) this.#become("open");
    }, close);
  }

  /** A kernel that starts anew has forgotten everything. */
  #follow(_, status) {
    if (["restarting", "autorestarting", "terminating", "dead"].includes(status)) this.#close();
  }

  #close() {
    this.#comm = null;
    for (const number of this.#waiting.keys()) this.#fail(number, "");
    this.#become("closed");
  }

  #become(state) {
    this.#state = state;
    this.#listener();
  }

  #hear({ to, isOnItsWay, ...answer }) {
    const waiting = this.#waiting.get(to);
    if (waiting && isOnItsWay) waiting.isOnItsWay = true;
    else if (waiting) {
      this.#waiting.delete(to);
      waiting.resolve(answer);
    }
  }

  #fail(number, sentence) {
    this.#waiting.get(number)?.reject(new Error(sentence));
    this.#waiting.delete(number);
  }
}
