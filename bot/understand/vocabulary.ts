import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { parseName } from '../../hongkong/names.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import { type NamedPerson, namesInText } from '../../recruiting/candidate/find-names.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import type { OpenText } from './line.ts';

/** A stretch of a line that names something known, and the ids of what it may be. */
export interface KnownHit {
  start: number;
  end: number;
  ids: string[];
}

/** Forms under which a branch goes: 旺角店, 旺角, its short name and code. */
export function branchForms(branch: { name: string; shortName: string; code: string }): string[] {
  const forms = [branch.name, branch.shortName, branch.code];
  for (const name of [branch.name, branch.shortName]) {
    const bare = name.replace(/(?:分店|店|舖|鋪)$/, '');
    if ([...bare].length >= 2) forms.push(bare, `${bare}店`, `${bare}分店`, `${bare}鋪`, `${bare}舖`);
  }
  return [...new Set(forms.map(foldForMatching))].filter(Boolean);
}

/** Branches named in the line. */
export async function branchesInLine(reader: Reader, line: OpenText): Promise<KnownHit[]> {
  const branches = await reader.list('branches', {});
  return wordsInLine(
    line,
    branches.flatMap((branch) => branchForms(branch).map((form) => ({ id: branch._id, form }))),
    /^ ?(?:branch|shop|store|outlet)\b/,
  );
}

/** Open vacancies whose job title stands in the line. Several with one title are all meant; the resolver asks. */
export async function requisitionsInLine(reader: Reader, line: OpenText): Promise<KnownHit[]> {
  const open = await reader.list('requisitions', { state: { $in: ['open', 'frozen'] } });
  return wordsInLine(
    line,
    open.map((requisition) => ({ id: requisition._id, form: foldForMatching(requisition.jobTitle) })),
  );
}

const WORD = /[\p{Script=Latin}\p{Nd}]/u;

/** Occurrences of known words, longest first, not overlapping. Latin words count only as whole words. */
function wordsInLine(line: OpenText, words: { id: string; form: string }[], tail?: RegExp): KnownHit[] {
  const byForm = new Map<string, string[]>();
  for (const { id, form } of words) {
    const ids = byForm.get(form) ?? [];
    if (!ids.includes(id)) ids.push(id);
    byForm.set(form, ids);
  }
  const hits: KnownHit[] = [];
  const text = line.openFolded;
  for (const [form, ids] of [...byForm].sort((a, b) => b[0].length - a[0].length)) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      const end = at + form.length;
      const cutsWord =
        (WORD.test(form[0] ?? '') && WORD.test(text[at - 1] ?? ' ')) ||
        (WORD.test(form.at(-1) ?? '') && WORD.test(text[end] ?? ' '));
      if (cutsWord || hits.some((hit) => at < hit.end && end > hit.start)) continue;
      const more = tail?.exec(text.slice(end))?.[0].length ?? 0;
      hits.push({ start: at, end: end + more, ids });
    }
  }
  return hits.sort((a, b) => a.start - b.start);
}

interface NamedStaff extends NamedPerson {
  staff: StaffRecord;
}

const namedStaff = (staff: StaffRecord): NamedStaff => ({
  id: staff._id,
  name: { ...parseName(staff.name), ...(staff.englishName ? { englishName: staff.englishName } : {}) },
  aliases: [staff._id],
  staff,
});

/** The asker means himself. */
const ME = /我自己|我(?![們们哋司店])|\bmyself\b|\bme\b/g;

/** Active members of staff named in the line: names, English names, 輝哥, Ms Leung, staffIds, 我. */
export async function staffInLine(reader: Reader, line: OpenText, askerId: string): Promise<KnownHit[]> {
  const active = await reader.list('staff', { active: true });
  const hits: KnownHit[] = namesInText(line.open, active.map(namedStaff)).map(({ start, end, people }) => ({
    start,
    end,
    ids: people.map((person) => person.id),
  }));
  for (const staff of active) {
    const at = line.open.indexOf(staff._id);
    const alone =
      at >= 0 && !WORD.test(line.open[at - 1] ?? ' ') && !WORD.test(line.open[at + staff._id.length] ?? ' ');
    if (alone && hits.every((hit) => at >= hit.end || at + staff._id.length <= hit.start)) {
      hits.push({ start: at, end: at + staff._id.length, ids: [staff._id] });
    }
  }
  for (const match of line.openFolded.matchAll(ME)) {
    hits.push({ start: match.index, end: match.index + match[0].length, ids: [askerId] });
  }
  return hits.sort((a, b) => a.start - b.start);
}
