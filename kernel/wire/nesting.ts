/** How deep what a front end sends may be nested: JSON.parse reads any depth, but what copies or prints it would overflow its stack. */
const DEEPEST = 200;

export function isTooDeep(value: unknown, left = DEEPEST): boolean {
  if (typeof value !== "object" || value === null) return false;
  return left === 0 || Object.values(value).some((part) => isTooDeep(part, left - 1));
}
