import type { ImportFault, ImportRow } from '../../recruiting/candidate/plan-import.ts';
import type { BranchRow, OrganisationFault, StaffRow } from '../../recruiting/organisation/import-organisation.ts';
import { inLanguage, type Lang, say, type Texts } from './said.ts';

const CANDIDATE_FAULTS: Readonly<Record<ImportFault, Texts>> = {
  name_missing: say('沒有姓名', 'no name'),
  phone_wrong: say('電話號碼不正確', 'telephone number is not valid'),
  email_wrong: say('電郵地址不正確', 'e-mail address is not valid'),
  contact_missing: say('沒有電話或電郵', 'neither telephone nor e-mail'),
  job_missing: say('沒有職位', 'no job'),
  job_unknown: say('找不到這個職位空缺', 'there is no such open vacancy'),
  job_ambiguous: say('有多個同名職位，請填編號（R…）', 'several vacancies have this title: use its number (R…)'),
  namesake: say(
    '同一職位已有同名的人但聯絡資料不同，請個別新增',
    'somebody of this name applied for this job with other contact data: add by hand',
  ),
  twice_in_file: say('名單內重複', 'twice in this list'),
};

const ORGANISATION_FAULTS: Readonly<Record<OrganisationFault, Texts>> = {
  staff_id_missing: say('沒有釘釘編號', 'no DingTalk id'),
  not_in_directory: say('釘釘通訊錄內找不到', 'not in the DingTalk address book'),
  role_missing: say('沒有角色', 'no role'),
  role_unknown: say('角色不明', 'unknown role'),
  person_unknown: say('找不到所填的經理或上司', 'the manager or superior is not known'),
  branch_unknown: say('找不到分店', 'unknown branch'),
  code_wrong: say('代號須為2至8個英文字母或數字', 'the code must be 2 to 8 letters or digits'),
  name_missing: say('沒有名稱', 'no name'),
  address_missing: say('沒有地址', 'no address'),
  too_long: say('簡稱或地標超過8字', 'short name or landmark longer than 8 characters'),
  twice_in_file: say('名單內重複', 'twice in this list'),
};

/** One row of the dry run of candidates. */
export function candidateRowText(row: ImportRow, lang: Lang): string {
  const name = row.name || inLanguage(say('（空白）', '(blank)'), lang);
  const hkid = row.hadHkid ? inLanguage(say('（已移除身份證號碼）', ' (identity card number removed)'), lang) : '';
  return inLanguage(rowSentence(row, name), lang) + hkid;
}

function rowSentence(row: ImportRow, name: string): Texts {
  switch (row.verdict) {
    case 'create':
      return say(`第${row.line}行 ${name}：新增`, `Row ${row.line} ${name}: new`);
    case 'apply':
      return say(
        `第${row.line}行 ${name}：已有紀錄（${row.knownAs}），加入新申請`,
        `Row ${row.line} ${name}: on record (${row.knownAs}), new application`,
      );
    case 'duplicate':
      return say(
        `第${row.line}行 ${name}：重複（${row.knownAs}），略過`,
        `Row ${row.line} ${name}: duplicate of ${row.knownAs}, skipped`,
      );
    default: {
      const fault = CANDIDATE_FAULTS[row.reason];
      return say(`第${row.line}行 ${name}：有誤，${fault.hant}`, `Row ${row.line} ${name}: wrong, ${fault.en}`);
    }
  }
}

/** One row of the dry run of staff or branches. */
export function organisationRowText(row: StaffRow | BranchRow, lang: Lang): string {
  if (row.verdict === 'wrong') {
    const fault = row.reason ? ORGANISATION_FAULTS[row.reason] : say('', '');
    return inLanguage(
      say(`第${row.line}行 ${row.name}：有誤，${fault.hant}`, `Row ${row.line} ${row.name}: wrong, ${fault.en}`),
      lang,
    );
  }
  const verdict = row.verdict === 'create' ? say('新增', 'new') : say('更新', 'changed');
  return inLanguage(
    say(`第${row.line}行 ${row.name}：${verdict.hant}`, `Row ${row.line} ${row.name}: ${verdict.en}`),
    lang,
  );
}

/** How many rows come to what. */
export function faultCount(rows: readonly { verdict: string }[]): {
  willDo: number;
  duplicates: number;
  wrong: number;
} {
  const count = (...verdicts: string[]): number => rows.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return { willDo: count('create', 'apply', 'change'), duplicates: count('duplicate'), wrong: count('wrong') };
}
