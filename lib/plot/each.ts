/** One value for each point of a trace: Plotly takes a list, where its types name a single value. */
export function each<T>(values: readonly T[]): T {
  return values as unknown as T;
}
