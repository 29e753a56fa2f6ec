/**
 * What a marked text looks like, as the names of its features: Chinese characters alone, in pairs and in threes; English words
 * alone and in pairs; marks ({who} …) with what stands beside them; how it begins and ends.
 */
export function featuresOf(marked: string): string[] {
  const tokens =
    marked.match(/[a-z]+(?:'[a-z]+)?|\p{Script=Han}|[\ue001-\ue009]|[?!]|[\p{Extended_Pictographic}]/gu) ?? [];
  const features = new Set<string>();
  const all = ['^', ...tokens, '$'];
  for (let at = 0; at < all.length; at += 1) {
    const [a = '', b, c] = [all[at], all[at + 1], all[at + 2]];
    if (at > 0 && at < all.length - 1) features.add(a);
    if (b !== undefined) features.add(`${a} ${b}`);
    if (b !== undefined && c !== undefined) features.add(`${a} ${b} ${c}`);
  }
  return [...features];
}
