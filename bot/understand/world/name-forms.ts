import { chineseName, foldName, latinName, type PersonName, parseName } from '../../../hongkong/names.ts';

/** How a person is meant: by a full name or a name of their own (阿May), by the given name, by a form of address (陳生, 文仔). */
export type FormKind = 'full' | 'given' | 'address';

/** The folded forms under which one name is found, and the parts from which forms of address are made. */
export interface NameForms {
  full: string[];
  given: string[];
  /** 陳, chan: for 陳生, Ms Chan, 阿陳. */
  surnames: string[];
  /** 文, peter: for 文仔, 阿文, 阿Peter. */
  parts: string[];
}

const joined = (...parts: (string | undefined)[]): string | undefined =>
  parts.every(Boolean) ? parts.join('') : undefined;

const folded = (forms: readonly (string | undefined)[]): string[] => [
  ...new Set(forms.filter((form) => form !== undefined && form !== '').map((form) => foldName(form ?? ''))),
];

/** Works out how people may type a name: 黃志明, Jason Lau, WONG Chi Ming, 阿May. */
export function nameForms(typed: string): NameForms {
  const name: PersonName = parseName(typed);
  const { surnameZh, givenZh, husbandSurnameZh, surnameEn, givenEn, englishName } = name;
  const zh = chineseName(name);
  const words = surnameEn ? [] : (givenEn ?? '').split(' ').filter((word) => word.length > 2);
  const multi = (form: string | undefined): string | undefined => (form?.includes(' ') ? form : undefined);
  const bare =
    /^(?:阿|小|老|大)?.+(?:仔|哥|姐|妹|叔|姨|嬸)?$/u.test(typed) && [...typed].length >= 2 ? typed : undefined;
  return {
    full: folded([
      bare,
      [...(zh ?? '')].length > 1 ? zh : undefined,
      joined(surnameZh, givenZh),
      joined(surnameEn, givenEn),
      joined(givenEn, surnameEn),
      joined(englishName, surnameEn),
      joined(surnameEn, englishName),
      joined(surnameEn, givenEn, englishName),
      joined(englishName, surnameEn, givenEn),
      joined(zh, englishName),
      joined(englishName, zh),
      joined(englishName, surnameZh),
      joined(surnameZh, englishName),
      joined(zh, latinName(name)),
      joined(latinName(name), zh),
      surnameEn ? undefined : multi(givenEn),
    ]),
    given: folded([[...(givenZh ?? '')].length > 1 ? givenZh : undefined, givenEn, englishName, ...words]),
    surnames: folded([surnameZh, husbandSurnameZh, surnameEn]),
    parts: folded([
      ...(givenZh ?? ''),
      englishName,
      ...(englishName ?? '').split(' '),
      ...(givenEn ?? '').split(' '),
      givenZh,
    ]),
  };
}
