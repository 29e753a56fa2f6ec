import { readFileSync } from 'node:fs';

/** The words of slots with a fixed choice, from `zh-HK/values.tsv`: slot, key, text. */
const VALUES: ReadonlyMap<string, ReadonlyMap<string, string>> = readValues();

function readValues(): Map<string, Map<string, string>> {
  const table = new Map<string, Map<string, string>>();
  const lines = readFileSync(new URL('./zh-HK/values.tsv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1);
  for (const line of lines) {
    const [slot, key, text] = line.split('\t');
    if (!slot || !key || !text) throw new SyntaxError(`values.tsv: not slot, key and text: ${line}`);
    const words = table.get(slot) ?? new Map<string, string>();
    table.set(slot, words.set(key, text));
  }
  return table;
}

/**
 * The text of a choice, by key or by the text itself.
 * @param slot for a short form (warning_short) the key of the long one finds the short text.
 */
export function enumText(slot: string, keyOrText: string): string | undefined {
  const words = VALUES.get(slot);
  const known = words?.get(keyOrText);
  if (known !== undefined) return known;
  if (words && [...words.values()].includes(keyOrText)) return keyOrText;
  // The short form is asked with the long text.
  const long = VALUES.get(slot.replace(/_short$/, ''));
  const key = long && [...long].find(([, text]) => text === keyOrText)?.[0];
  return key && slot.endsWith('_short') ? words?.get(key) : undefined;
}

/** The keys a slot may take; empty for slots without a fixed choice. */
export function enumKeys(slot: string): string[] {
  return [...(VALUES.get(slot)?.keys() ?? [])];
}

/** The texts a slot may show. */
export function enumTexts(slot: string): string[] {
  return [...(VALUES.get(slot)?.values() ?? [])];
}
