/**
 * A number 0 … 1 that belongs to a text, spread evenly over many texts: what deals rows out to parts in the same way
 * every time, whatever other rows there are.
 *
 * @see Fowler, Noll & Vo 1991, FNV-1a; its bits are mixed once more, since texts that differ little share the upper ones
 */
export function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
