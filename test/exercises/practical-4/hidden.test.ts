// Written by `unroll practical` from notebooks/practical-4/source/practical-4.ts: change it there.
// 57dbd3641fe75155b234475780aa42f7bbf3d83f8c6a000cdfe65e7f263b068f
import { passes } from "./submission.js";

describe("practical-4, hidden tests", () => {
  describe("rnn-step", function () {
    this.timeout(10000);
    it("other sizes (2 points)", () => passes("rnn-step", "hidden", "other sizes"));
    it("weights, input and old state are left as they were (2 points)", () =>
      passes("rnn-step", "hidden", "weights, input and old state are left as they were"));
  });

  describe("rnn-forward", function () {
    this.timeout(10000);
    it("more steps, other sizes (2 points)", () => passes("rnn-forward", "hidden", "more steps, other sizes"));
    it("one step alone (1 point)", () => passes("rnn-forward", "hidden", "one step alone"));
    it("what is cached of the state before each step (1 point)", () =>
      passes("rnn-forward", "hidden", "what is cached of the state before each step"));
  });

  describe("rnn-step-backward", function () {
    this.timeout(10000);
    it("back to the input and to the old state, four rows (2 points)", () =>
      passes("rnn-step-backward", "hidden", "back to the input and to the old state, four rows"));
    it("the gradients of the weights, four rows (3 points)", () =>
      passes("rnn-step-backward", "hidden", "the gradients of the weights, four rows"));
  });

  describe("bptt", function () {
    this.timeout(10000);
    it("two rows, five steps, from a state that is not zero (3 points)", () =>
      passes("bptt", "hidden", "two rows, five steps, from a state that is not zero"));
    it("one step alone (1 point)", () => passes("bptt", "hidden", "one step alone"));
    it("a state that is far out, where tanh is flat (1 point)", () =>
      passes("bptt", "hidden", "a state that is far out, where tanh is flat"));
  });

  describe("numeric-gradient", function () {
    this.timeout(10000);
    it("a loss in which the entries meet (3 points)", () =>
      passes("numeric-gradient", "hidden", "a loss in which the entries meet"));
  });

  describe("relative-error", function () {
    this.timeout(10000);
    it("zeros against zeros, and against something (1 point)", () =>
      passes("relative-error", "hidden", "zeros against zeros, and against something"));
  });

  describe("lstm-step", function () {
    this.timeout(10000);
    it("other sizes (2 points)", () => passes("lstm-step", "hidden", "other sizes"));
    it("a forget gate that is wide open, and one that is shut (2 points)", () =>
      passes("lstm-step", "hidden", "a forget gate that is wide open, and one that is shut"));
  });

  describe("lstm-step-backward", function () {
    this.timeout(10000);
    it("four rows, other sizes (3 points)", () => passes("lstm-step-backward", "hidden", "four rows, other sizes"));
    it("nothing comes from later steps (1 point)", () =>
      passes("lstm-step-backward", "hidden", "nothing comes from later steps"));
    it("only the memory is read (1 point)", () => passes("lstm-step-backward", "hidden", "only the memory is read"));
  });

  describe("gru-step", function () {
    this.timeout(10000);
    it("an update gate that is shut, and one that is wide open (2 points)", () =>
      passes("gru-step", "hidden", "an update gate that is shut, and one that is wide open"));
    it("a reset gate that is shut, and one that is wide open (2 points)", () =>
      passes("gru-step", "hidden", "a reset gate that is shut, and one that is wide open"));
  });

  describe("classifier", function () {
    this.timeout(120000);
    it("trained on 8,000 pictures it is right for 70 of 100 (3 points)", () =>
      passes("classifier", "hidden", "trained on 8,000 pictures it is right for 70 of 100"));
    it("the seed decides: the same one gives the same weights, another one gives others (2 points)", () =>
      passes(
        "classifier",
        "hidden",
        "the seed decides: the same one gives the same weights, another one gives others",
      ));
  });

  describe("parameter-counts", function () {
    this.timeout(10000);
    it("the sizes of this practical (1 point)", () =>
      passes("parameter-counts", "hidden", "the sizes of this practical"));
    it("the smallest sizes (1 point)", () => passes("parameter-counts", "hidden", "the smallest sizes"));
  });

  describe("truncated-bptt", function () {
    this.timeout(10000);
    it("pieces of one step (2 points)", () => passes("truncated-bptt", "hidden", "pieces of one step"));
    it("a last piece that is shorter (2 points)", () =>
      passes("truncated-bptt", "hidden", "a last piece that is shorter"));
  });
});
