import { Converter, type ConverterFunction } from 'opencc-js/t2cn';

/** The language and script a member of staff writes in: Hong Kong Traditional, Simplified or English. */
export type Lang = 'hant' | 'hans' | 'en';

/** One sentence in every language. Without `hans` the Traditional text is converted. Plain text, never markdown. */
export interface Texts {
  hant: string;
  en: string;
  hans?: string;
}

/** Something the robot says: fixed texts, or worked out for the language of the person. */
export type Said = Texts | ((lang: Lang) => string);

/** Puts a sentence together: Hong Kong wording and English. */
export function say(hant: string, en: string, hans?: string): Texts {
  return hans === undefined ? { hant, en } : { hant, en, hans };
}

let converter: ConverterFunction | undefined;

/** Hong Kong Traditional text in Simplified characters, for staff who write Simplified. */
export function toSimplified(text: string): string {
  converter ??= Converter({ from: 'hk', to: 'cn' });
  return converter(text);
}

/** The sentence in one language. */
export function inLanguage(said: Said, lang: Lang): string {
  // Worked-out texts hold Traditional pieces (names of kinds, stages) even when asked for Simplified.
  if (typeof said === 'function') return lang === 'hans' ? toSimplified(said(lang)) : said(lang);
  if (lang === 'en') return said.en;
  if (lang === 'hans') return said.hans ?? toSimplified(said.hant);
  return said.hant;
}

/** Several sentences as one, each on its own line; empty ones are left out. */
export function lines(...parts: (Said | undefined)[]): Said {
  return (lang) =>
    parts
      .filter((part) => part !== undefined)
      .map((part) => inLanguage(part, lang))
      .filter((line) => line !== '')
      .join('\n');
}
