/**
 * A small data set that was written for this course, as text in the form of the data pack's files. It stands in where
 * the data set that it is named after is not installed.
 */
export interface BuiltIn {
  readonly train: string;
  readonly dev: string;
  readonly test: string;
}
