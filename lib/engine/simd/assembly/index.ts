/** All kernels: what a module exports. Each computes part `part` of `parts` and needs nothing of the other parts. */
export * from "./elementwise";
export * from "./gru";
export * from "./lstm";
export * from "./product";
export * from "./rnn";
export * from "./softmax";
export * from "./table";
export * from "./update";
