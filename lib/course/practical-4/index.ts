import type { Task } from "../task.js";
import { bpttTask, truncatedBpttTask } from "./bptt-tasks.js";
import { numericGradientTask, relativeErrorTask } from "./check-tasks.js";
import { classifierTask } from "./classifier-task.js";
import { gruStepTask, parameterCountsTask } from "./gru-tasks.js";
import { lstmStepBackwardTask, lstmStepTask } from "./lstm-tasks.js";
import { rnnForwardTask, rnnStepBackwardTask, rnnStepTask } from "./rnn-tasks.js";

/** What practical 4 asks for, in its order: 100 points. */
export const practical4: readonly Task[] = [
  rnnStepTask,
  rnnForwardTask,
  rnnStepBackwardTask,
  bpttTask,
  numericGradientTask,
  relativeErrorTask,
  lstmStepTask,
  lstmStepBackwardTask,
  gruStepTask,
  classifierTask,
  parameterCountsTask,
  truncatedBpttTask,
];
