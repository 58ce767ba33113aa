// Written by `unroll practical` from notebooks/practical-4/source/practical-4.ts: change it there.
// 57dbd3641fe75155b234475780aa42f7bbf3d83f8c6a000cdfe65e7f263b068f
import { passes } from "./submission.js";

describe("practical-4, public tests", () => {
  describe("rnn-step", function () {
    this.timeout(10000);
    it("one row (2 points)", () => passes("rnn-step", "public", "one row"));
    it("three rows at once (2 points)", () => passes("rnn-step", "public", "three rows at once"));
  });

  describe("rnn-forward", function () {
    this.timeout(10000);
    it("the numbers that the practical of 2017 printed (3 points)", () =>
      passes("rnn-forward", "public", "the numbers that the practical of 2017 printed"));
    it("two rows, three steps (2 points)", () => passes("rnn-forward", "public", "two rows, three steps"));
  });

  describe("rnn-step-backward", function () {
    this.timeout(10000);
    it("back to the input and to the old state (3 points)", () =>
      passes("rnn-step-backward", "public", "back to the input and to the old state"));
    it("the gradients of the weights (3 points)", () =>
      passes("rnn-step-backward", "public", "the gradients of the weights"));
  });

  describe("bptt", function () {
    this.timeout(10000);
    it("the loss (2 points)", () => passes("bptt", "public", "the loss"));
    it("the gradients of the read-out (3 points)", () => passes("bptt", "public", "the gradients of the read-out"));
    it("the gradients of the recurrent weights (4 points)", () =>
      passes("bptt", "public", "the gradients of the recurrent weights"));
  });

  describe("numeric-gradient", function () {
    this.timeout(10000);
    it("a loss with cubes (3 points)", () => passes("numeric-gradient", "public", "a loss with cubes"));
    it("what stands in theta afterwards (2 points)", () =>
      passes("numeric-gradient", "public", "what stands in theta afterwards"));
  });

  describe("relative-error", function () {
    this.timeout(10000);
    it("two matrices (2 points)", () => passes("relative-error", "public", "two matrices"));
    it("a matrix and itself (0 points)", () => passes("relative-error", "public", "a matrix and itself"));
  });

  describe("lstm-step", function () {
    this.timeout(10000);
    it("the gates and the candidate (2 points)", () => passes("lstm-step", "public", "the gates and the candidate"));
    it("the new memory and the new state (2 points)", () =>
      passes("lstm-step", "public", "the new memory and the new state"));
    it("all that the cache holds (1 point)", () => passes("lstm-step", "public", "all that the cache holds"));
  });

  describe("lstm-step-backward", function () {
    this.timeout(10000);
    it("back to the old memory (2 points)", () => passes("lstm-step-backward", "public", "back to the old memory"));
    it("back to the input and to the old state (2 points)", () =>
      passes("lstm-step-backward", "public", "back to the input and to the old state"));
    it("the gradients of the gates' weights (3 points)", () =>
      passes("lstm-step-backward", "public", "the gradients of the gates' weights"));
  });

  describe("gru-step", function () {
    this.timeout(10000);
    it("one row (2 points)", () => passes("gru-step", "public", "one row"));
    it("three rows at once (2 points)", () => passes("gru-step", "public", "three rows at once"));
  });

  describe("classifier", function () {
    this.timeout(120000);
    it("trained on 2,000 pictures it is right for every second one (3 points)", () =>
      passes("classifier", "public", "trained on 2,000 pictures it is right for every second one"));
  });

  describe("parameter-counts", function () {
    this.timeout(10000);
    it("two pairs of sizes (1 point)", () => passes("parameter-counts", "public", "two pairs of sizes"));
  });

  describe("truncated-bptt", function () {
    this.timeout(10000);
    it("one piece as long as the sequence (1 point)", () =>
      passes("truncated-bptt", "public", "one piece as long as the sequence"));
    it("three pieces of two steps (2 points)", () => passes("truncated-bptt", "public", "three pieces of two steps"));
  });
});
