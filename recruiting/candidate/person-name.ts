import { chineseName, displayName, foldName, latinName, type PersonName, parseName } from '../../hongkong/names.ts';
import type { CandidateName, CandidateRecord } from '../../models/candidate.model.ts';

/** The parts of a stored name as the name rules take them. */
export function personNameOf(name: CandidateName): PersonName {
  return {
    ...(name.surnameZh ? { surnameZh: name.surnameZh } : {}),
    ...(name.givenZh ? { givenZh: name.givenZh } : {}),
    ...(name.surnameEn ? { surnameEn: name.surnameEn } : {}),
    ...(name.givenEn ? { givenEn: name.givenEn } : {}),
    ...(name.englishName ? { englishName: name.englishName } : {}),
  };
}

/** Names by which a person asked to be called, besides the parts of the name. */
export function aliasesOf(candidate: Pick<CandidateRecord, 'name'>): string[] {
  return candidate.name.preferredName ? [candidate.name.preferredName] : [];
}

/** A name as somebody typed it, taken apart for storing. A title the person chose may stand behind it. */
export function candidateName(
  typed: string,
  chosen: { preferredTitle?: string | null; preferredName?: string | null } = {},
): CandidateName {
  const parts = parseName(typed);
  const husband = parts.husbandSurnameZh ?? '';
  return {
    display: displayName(parts) || typed.trim(),
    surnameZh: parts.surnameZh ?? null,
    givenZh: parts.givenZh ?? null,
    surnameEn: parts.surnameEn ?? null,
    givenEn: parts.givenEn ?? null,
    englishName: parts.englishName ?? null,
    preferredName: chosen.preferredName ?? null,
    preferredTitle: chosen.preferredTitle ?? null,
    ...(husband ? { display: `${husband}${parts.surnameZh ?? ''}${parts.givenZh ?? ''}` } : {}),
  };
}

/** The words of a Latin name of several: Maria and Santos are both called by. */
function words(name: string | undefined): string[] {
  return name?.includes(' ') ? name.split(' ').filter((word) => word.length >= 2) : [];
}

/**
 * Every folded form under which a person is looked up: full names in all usual orders, given and English names, and the
 * parts from which forms of address are made (陳 of 陳生, 文 of 阿文). Kept in `foldedNames`; what is found is checked with
 * `matchName`.
 */
export function nameKeys(name: PersonName, aliases: readonly string[] = []): string[] {
  const { surnameZh, givenZh, husbandSurnameZh, surnameEn, givenEn, englishName } = name;
  const join = (...parts: (string | undefined)[]): string | undefined =>
    parts.every(Boolean) ? parts.join('') : undefined;
  const zh = chineseName(name);
  const latin = latinName(name);
  const forms = [
    zh,
    join(surnameZh, givenZh),
    join(surnameEn, givenEn),
    join(givenEn, surnameEn),
    join(englishName, surnameEn),
    join(surnameEn, englishName),
    join(surnameEn, givenEn, englishName),
    join(englishName, surnameEn, givenEn),
    join(givenEn, englishName),
    join(zh, englishName),
    join(englishName, zh),
    join(zh, latin),
    join(latin, zh),
    givenZh,
    givenEn,
    englishName,
    ...aliases,
    surnameZh,
    husbandSurnameZh,
    surnameEn,
    ...(givenZh ?? ''),
    ...words(givenEn),
    ...words(englishName),
    ...words(surnameEn),
  ];
  return [...new Set(forms.filter((form) => form !== undefined).map(foldName))].filter(Boolean);
}
