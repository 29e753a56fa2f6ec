import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { parsePhone } from '../../hongkong/phones.ts';
import type { RequisitionRecord } from '../../models/requisition.model.ts';
import { type Columns, type FieldRow, namedRows } from '../table/columns.ts';
import type { TableRow } from '../table/decode-table.ts';
import type { Reader } from '../unit/reader.ts';
import { familiarity, type NewCandidate } from './add-candidate.ts';

export type CandidateField = 'name' | 'phone' | 'email' | 'job' | 'source' | 'title';

/** Headers of a list of candidates, in Chinese and English. */
export const CANDIDATE_COLUMNS: Columns<CandidateField> = {
  name: ['姓名', '名字', '中文姓名', '英文姓名', '應徵者', '申請人', 'name', 'full name', 'candidate', 'applicant'],
  phone: [
    '電話',
    '手機',
    '電話號碼',
    '手提電話',
    '聯絡電話',
    '手機號碼',
    'phone',
    'mobile',
    'tel',
    'telephone',
    'phone number',
    'contact',
  ],
  email: ['電郵', '電子郵件', '電郵地址', '郵箱', 'email', 'e-mail', 'mail', 'email address'],
  job: ['職位', '應徵職位', '申請職位', '職位編號', 'job', 'position', 'vacancy', 'role', 'requisition'],
  source: ['來源', '渠道', '招聘渠道', 'source', 'channel'],
  title: ['稱謂', '稱呼', '性別稱謂', 'title', 'salutation'],
};

/** What will become of a row. Only `create` and `apply` change anything. */
export type ImportVerdict =
  | { verdict: 'create'; person: NewCandidate; requisitionId: string }
  | { verdict: 'apply'; person: NewCandidate; requisitionId: string; knownAs: string }
  | { verdict: 'duplicate'; knownAs: string }
  | { verdict: 'wrong'; reason: ImportFault };

export type ImportFault =
  | 'name_missing'
  | 'phone_wrong'
  | 'email_wrong'
  | 'contact_missing'
  | 'job_missing'
  | 'job_unknown'
  | 'job_ambiguous'
  | 'namesake'
  | 'twice_in_file';

/** One row of the dry run. Plain data: it is kept with the question until it is confirmed. */
export type ImportRow = { line: number; name: string; hadHkid: boolean } & ImportVerdict;

/**
 * Looks at every row without changing anything: what would be created, what is there already, what is wrong.
 * @param job the vacancy that was named beside the table, for tables without a column of jobs
 * @throws RuleBroken `table_columns_missing`
 */
export async function planImport(
  reader: Reader,
  rows: readonly TableRow[],
  job: RequisitionRecord | undefined,
): Promise<ImportRow[]> {
  const named = namedRows(rows, CANDIDATE_COLUMNS, job ? ['name'] : ['name', 'job']);
  const open = await reader.list('requisitions', { state: 'open' });
  const seen = new Map<string, number>();
  const planned: ImportRow[] = [];
  for (const row of named) planned.push(await planRow(reader, row, open, job, seen));
  return planned;
}

async function planRow(
  reader: Reader,
  row: FieldRow<CandidateField>,
  open: readonly RequisitionRecord[],
  job: RequisitionRecord | undefined,
  seen: Map<string, number>,
): Promise<ImportRow> {
  const { line, values, hadHkid } = row;
  const base = { line, name: values.name ?? '', hadHkid };
  const wrong = (reason: ImportFault): ImportRow => ({ ...base, verdict: 'wrong', reason });
  if (!values.name || !/\p{L}/u.test(values.name)) return wrong('name_missing');
  const phone = values.phone ? parsePhone(values.phone) : undefined;
  if (values.phone && !phone) return wrong('phone_wrong');
  const email = values.email?.toLowerCase();
  if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return wrong('email_wrong');
  if (!phone && !email) return wrong('contact_missing');
  const jobs = values.job ? requisitionsNamed(open, values.job) : job ? [job] : [];
  const [requisition] = jobs;
  if (!requisition) return wrong(values.job ? 'job_unknown' : 'job_missing');
  if (jobs.length > 1) return wrong('job_ambiguous');
  const person: NewCandidate = {
    name: values.name,
    phone: phone?.e164 ?? null,
    email: email ?? null,
    source: values.source ?? null,
    title: titleOf(values.title),
  };
  for (const key of keysOf(person, requisition._id)) {
    if (seen.has(key)) return wrong('twice_in_file');
  }
  for (const key of keysOf(person, requisition._id)) seen.set(key, line);
  const known = await familiarity(reader, person, requisition._id);
  switch (known.kind) {
    case 'applied':
      return { ...base, verdict: 'duplicate', knownAs: known.application.ref };
    case 'namesake':
      return wrong('namesake');
    case 'known':
      return { ...base, verdict: 'apply', person, requisitionId: requisition._id, knownAs: known.candidate.ref };
    default:
      return { ...base, verdict: 'create', person, requisitionId: requisition._id };
  }
}

function keysOf(person: NewCandidate, requisitionId: string): string[] {
  const keys = [person.phone, person.email].filter((key) => key !== null);
  return keys.map((key) => `${key}|${requisitionId}`);
}

/** Open vacancies by number or title; a branch may stand before or behind the title. */
function requisitionsNamed(open: readonly RequisitionRecord[], typed: string): RequisitionRecord[] {
  const byRef = open.filter(({ ref }) => ref.toLowerCase() === typed.trim().toLowerCase());
  if (byRef.length > 0) return byRef;
  const folded = foldForMatching(typed);
  return open.filter(({ foldedTitle }) => foldedTitle === folded);
}

const TITLES: readonly (readonly [string, RegExp])[] = [
  ['先生', /^(?:先生|mr\.?)$/i],
  ['小姐', /^(?:小姐|miss)$/i],
  ['女士', /^(?:女士|ms\.?)$/i],
  ['太太', /^(?:太太|mrs\.?)$/i],
  ['同學', /^(?:同學|同学|student)$/i],
];

/** A form of address from the closed list; anything else is no choice of the person. */
export function titleOf(typed: string | undefined): string | null {
  return TITLES.find(([, pattern]) => pattern.test(typed?.trim() ?? ''))?.[0] ?? null;
}
