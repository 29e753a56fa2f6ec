/**
 * When to try again, as a value: how many milliseconds to wait after this many failed attempts, `null` = give up.
 * Doubles from `firstMs` to `longestMs`; what the other side asks for wins when it is longer.
 */
export function backoff(
  attempts: number,
  askedMs = 0,
  { firstMs = 1_000, longestMs = 900_000, most = 12 }: { firstMs?: number; longestMs?: number; most?: number } = {},
): number | null {
  if (attempts >= most) return null;
  return Math.max(askedMs, Math.min(firstMs * 2 ** Math.max(0, attempts - 1), longestMs));
}
