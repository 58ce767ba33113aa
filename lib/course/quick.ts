/**
 * Whether lessons should shorten their training: true when the environment says `UNROLL_QUICK=1`, as tests do, or when nbgrader
 * runs the notebook, which it says by `NBGRADER_EXECUTION`.
 */
export const quick: boolean = process.env.UNROLL_QUICK === "1" || process.env.NBGRADER_EXECUTION !== undefined;
