import { openNative } from "unroll/engine/native/native.js";
import { referenceEngine } from "unroll/engine/reference.js";
import { openSimd } from "unroll/engine/simd/simd.js";
import { openTensorflow } from "unroll/engine/tensorflow/tensorflow.js";
import { behavesLikeReference } from "./engine-behaviour.js";

behavesLikeReference("reference", referenceEngine);
behavesLikeReference("native", openNative);
behavesLikeReference("simd", openSimd);
behavesLikeReference("tensorflow", openTensorflow);
