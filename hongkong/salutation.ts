/** A form of address the person chose. Never derived from a name, a photo or a voice. */
export type ChosenTitle = '先生' | '小姐' | '女士' | '太太' | '同學';

/** What is known about how somebody wants to be addressed. */
export interface SalutationInput {
  surnameZh?: string;
  givenZh?: string;
  surnameEn?: string;
  givenEn?: string;
  /** Prefixed husband's surname; used with 太太 only. */
  husbandSurnameZh?: string;
  /** The person's own free choice. */
  title?: ChosenTitle;
  /** Only what the person typed as the name to be called by: 大文, Kelly. Never cut from the record. */
  preferredName?: string;
  /** An English name the person typed in the own application. */
  englishName?: string;
}

/**
 * The form a message wants.
 * - `formal`: invitation, offer, rejection, consent …: chosen title + surname, else the typed English or preferred name.
 * - `warm`: reminders, nudges, stories, welcome: the preferred name the person typed, else as `formal`.
 * - `letter`: PDF letters: full name + title.
 */
export type SalutationForm = 'formal' | 'warm' | 'letter';

/**
 * The name part of a greeting (陳先生, Kelly, or empty); the texts add 您好. Never a bare full name, never a given name
 * nobody offered. Add the space with `withGap` where text follows.
 */
export function salutation(person: SalutationInput, form: SalutationForm): string {
  const { title, preferredName, englishName } = person;
  if (form === 'warm' && preferredName) return preferredName.trim();
  const surname = surnameFor(person);
  if (title && surname) {
    if (form !== 'letter') return surname + title;
    const given = person.surnameZh ? (person.givenZh ?? '') : (person.givenEn ?? '');
    return person.surnameZh ? `${surname}${given}${title}` : `${`${surname} ${given}`.trim()}${title}`;
  }
  return (englishName ?? preferredName ?? '').trim();
}

/** One half-width space behind a Latin ending: `Kelly ` + 您好, but 陳先生 + 您好. */
export function withGap(name: string): string {
  return /[A-Za-z\u00c0-\u024f.]$/.test(name) ? `${name} ` : name;
}

function surnameFor(person: SalutationInput): string | undefined {
  if (person.title === '太太' && person.husbandSurnameZh) return person.husbandSurnameZh;
  if (person.surnameZh) return person.surnameZh;
  return person.surnameEn?.toLowerCase().replace(/(^|[\s'-])\p{L}/gu, (start) => start.toUpperCase());
}
