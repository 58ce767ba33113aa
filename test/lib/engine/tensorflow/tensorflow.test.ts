import { openTensorflow } from "unroll/engine/tensorflow/tensorflow.js";
import { behavesLikeReference } from "../engine-behaviour.js";

describe("with the smallest sequence and product on TensorFlow too", () => {
  behavesLikeReference("tensorflow", () => openTensorflow({ smallest: 0 }));
});
