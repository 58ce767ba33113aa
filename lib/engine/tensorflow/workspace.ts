import type { Binding } from "./binding.js";

/** A tensor, by the number that TensorFlow gave it. */
export type Tensor = number;

/** Attributes of an operation by name: what it can be told beside its inputs. */
export type Attributes = Readonly<Record<string, boolean | { int: number } | { float: number }>>;

/**
 * Tensors that end together. TensorFlow keeps a tensor until it is told to delete it; nothing does that for it.
 *
 * Every operation is executed at once, and each has a name and attributes of TensorFlow's.
 *
 * @see https://www.tensorflow.org/api_docs/python/tf/raw_ops
 */
export class Workspace {
  readonly #binding: Binding;
  readonly #float32;
  #tensors: Tensor[] = [];

  constructor(binding: Binding) {
    this.#binding = binding;
    this.#float32 = { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
  }

  /** A tensor of these numbers, which must stay as they are while it lives. */
  tensor(shape: readonly number[], values: Float32Array): Tensor {
    // TensorFlow's Node.js binding does not take shared memory
    const own = values.buffer instanceof ArrayBuffer ? values : new Float32Array(values);
    return this.#keep(this.#binding.createTensor(shape, this.#binding.TF_FLOAT, own));
  }

  int32(value: number): Tensor {
    return this.#keep(this.#binding.createTensor([], this.#binding.TF_INT32, Int32Array.of(value)));
  }

  int32s(...values: number[]): Tensor {
    return this.#keep(this.#binding.createTensor([values.length], this.#binding.TF_INT32, Int32Array.from(values)));
  }

  /** Below 2³¹: the halves of the number, the lower one first. */
  int64(value: number): Tensor {
    return this.#keep(this.#binding.createTensor([], this.#binding.TF_INT64, Int32Array.of(value, 0)));
  }

  zeros(...shape: number[]): Tensor {
    return this.tensor(shape, new Float32Array(shape.reduce((product, size) => product * size)));
  }

  /** The outputs of an operation in float32. */
  run(operation: string, inputs: readonly Tensor[], attributes: Attributes = {}, outputs = 1): Tensor[] {
    const named = Object.entries(attributes).map(([name, value]) => this.#attribute(name, value));
    return this.#binding
      .executeOp(operation, [this.#float32, ...named], inputs, outputs)
      .map(({ id }) => this.#keep(id));
  }

  /** A·B, either read transposed. */
  product(A: Tensor, B: Tensor, { transposeA = false, transposeB = false } = {}): Tensor {
    return this.run("MatMul", [A, B], { transpose_a: transposeA, transpose_b: transposeB })[0]!;
  }

  add(x: Tensor, y: Tensor): Tensor {
    return this.run("AddV2", [x, y])[0]!;
  }

  transposed(A: Tensor): Tensor {
    return this.run("Transpose", [A, this.int32s(1, 0)])[0]!;
  }

  /** T×B×H as T times B×H. */
  steps(sequence: Tensor, T: number): Tensor[] {
    return this.run("Unpack", [sequence], { num: { int: T }, axis: { int: 0 } }, T);
  }

  /** (T·B)×H as T times B×H. */
  split(rows: Tensor, T: number): Tensor[] {
    return this.run("Split", [this.int32(0), rows], { num_split: { int: T } }, T);
  }

  /** T times B×H as (T·B)×H. */
  rows(steps: readonly Tensor[]): Tensor {
    if (steps.length === 1) return steps[0]!; // which the operation refuses
    return this.run("ConcatV2", [...steps, this.int32(0)], { N: { int: steps.length } })[0]!;
  }

  /** 1×N: the sum of each column. */
  columnSums(A: Tensor): Tensor {
    return this.run("Sum", [A, this.int32(0)], { keep_dims: true })[0]!;
  }

  read(tensor: Tensor): Float32Array {
    return this.#binding.tensorDataSync(tensor);
  }

  /** Ends all tensors made here. */
  clear(): void {
    const tensors = this.#tensors;
    this.#tensors = [];
    for (const tensor of tensors) this.#binding.deleteTensor(tensor);
  }

  #keep(tensor: Tensor): Tensor {
    this.#tensors.push(tensor);
    return tensor;
  }

  #attribute(name: string, value: Attributes[string]) {
    const { TF_ATTR_BOOL, TF_ATTR_INT, TF_ATTR_FLOAT } = this.#binding;
    if (typeof value === "boolean") return { name, type: TF_ATTR_BOOL, value };
    return "int" in value
      ? { name, type: TF_ATTR_INT, value: value.int }
      : { name, type: TF_ATTR_FLOAT, value: value.float };
  }
}
