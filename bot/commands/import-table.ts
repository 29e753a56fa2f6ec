import { RuleBroken } from '../../lib/errors.ts';
import type { StaffRole } from '../../models/staff.model.ts';
import { requirePermission } from '../../recruiting/access/reach.ts';
import { importCandidates } from '../../recruiting/candidate/import-candidates.ts';
import { CANDIDATE_COLUMNS, type ImportRow, planImport } from '../../recruiting/candidate/plan-import.ts';
import {
  BRANCH_COLUMNS,
  type BranchRow,
  importBranches,
  importStaff,
  planBranchImport,
  planStaffImport,
  STAFF_COLUMNS,
  type StaffRow,
} from '../../recruiting/organisation/import-organisation.ts';
import { headerFields } from '../../recruiting/table/columns.ts';
import { decodeTable, readPastedTable, type TableRow } from '../../recruiting/table/decode-table.ts';
import { defineCommand, type PrepareContext } from '../command.ts';
import { candidateRowText, faultCount, organisationRowText } from '../replies/import-rows.ts';
import { ROLE_CHOICES } from '../replies/role-titles.ts';
import { inLanguage, type Lang, lines, type Said, say } from '../replies/said.ts';

/** A looked-through table; plain data, kept with the question until it is confirmed. */
type Plan =
  | { what: 'candidates'; rows: ImportRow[] }
  | { what: 'staff'; rows: StaffRow[] }
  | { what: 'branches'; rows: BranchRow[] };

/** At most this many rows are shown one by one; the rest is counted. A chat message has a limited length. */
const SHOWN_ROWS = 40;

/** True for files that hold tables, by name. */
function isTableFile(name: string): boolean {
  return /\.(?:csv|tsv|txt|xlsx)$/i.test(name);
}

/** True when a text begins with a line of known headers and goes on. */
function isPastedTable(text: string): boolean {
  const [header = '', second] = text.trim().split(/\r?\n/);
  if (second === undefined) return false;
  const cells = header.split(/[\t,;，|]/);
  const known = [CANDIDATE_COLUMNS, STAFF_COLUMNS, BRANCH_COLUMNS].map(
    (columns) => headerFields<string>(cells, columns).filter((field) => field !== undefined).length,
  );
  return cells.length >= 2 && Math.max(...known) >= 2;
}

/** Takes in a list of candidates, staff or branches: first a dry run, row by row, then 確認. */
export const importTable = defineCommand({
  name: 'import',
  aliases: { hant: ['匯入', '導入', '匯入名單', '匯入應徵者', '匯入同事', '匯入分店'], en: ['import'] },
  summary: say(
    '匯入應徵者、同事或分店名單（先試讀，確認後才寫入）。',
    'Import a list of candidates, staff or branches: first a dry run, then confirm.',
  ),
  usage: say(
    '在一對一對話傳送 CSV 或 XLSX 檔案，或貼上表格；可加「匯入 〈職位〉」',
    'send a CSV or XLSX file in our 1:1 chat, or paste a table; "import <job>" may stand above it',
  ),
  examples: ['匯入 R101\n姓名,電話\n陳家欣,9123 4567'],
  changes:
    'After the dry run is confirmed: adds the rows shown as new; each new application is acknowledged to its candidate after the time to undo.',
  permission: 'use_robot',
  surface: 'direct',
  takes: { requisition: { kind: 'requisition', title: say('職位', 'vacancy'), optional: true } },
  consequential: true,
  keepsPrepared: true,
  readsText: true,
  needsFile: ({ text, files }) =>
    files.length > 0 || /[\t,;，|]/.test(text)
      ? undefined
      : say(
          '好，請現在傳送 CSV 或 XLSX 檔案，或把表格貼上（第一行是欄名）。',
          'OK, please send the CSV or XLSX file now, or paste the table with its header row.',
        ),
  startsFrom: ({ text, files }) => files.some(({ name }) => isTableFile(name)) || isPastedTable(text),
  async prepare(context, { requisition }): Promise<Plan> {
    const rows = await readTable(context);
    const header = rows[0]?.cells ?? [];
    const count = (columns: Readonly<Record<string, readonly string[]>>): number =>
      headerFields(header, columns).filter((field) => field !== undefined).length;
    const has = (columns: Readonly<Record<string, readonly string[]>>, field: string): boolean =>
      headerFields<string>(header, columns).includes(field);
    if (has(STAFF_COLUMNS, 'staffId') && count(STAFF_COLUMNS) >= count(BRANCH_COLUMNS)) {
      requirePermission(context.asker, 'manage_organisation');
      const rowsOfStaff = await planStaffImport(context.reader, rows, {
        roleOf,
        find: (staffId) => context.staffChannel.findPerson(staffId),
      });
      return { what: 'staff', rows: rowsOfStaff };
    }
    if (has(BRANCH_COLUMNS, 'code')) {
      requirePermission(context.asker, 'manage_organisation');
      return { what: 'branches', rows: await planBranchImport(context.reader, rows) };
    }
    requirePermission(context.asker, 'import_candidates');
    return { what: 'candidates', rows: await planImport(context.reader, rows, requisition) };
  },
  async confirmation(_context, _args, plan) {
    const willDo = plan.rows.filter(({ verdict }) => verdict !== 'wrong' && verdict !== 'duplicate').length;
    if (willDo === 0) throw new RuleBroken('import_nothing', { rows: rowTexts(plan, 'hant') });
    return dryRun(plan);
  },
  async action({ unit }, _args, plan) {
    if (plan.what === 'candidates') {
      const { added, leftOut } = await importCandidates(unit, plan.rows);
      return {
        text: lines(
          say(
            `已匯入${added.length}位應徵者（${range(added)}），稍後會逐一收到「已收到申請」訊息。`,
            `${added.length} candidate${added.length === 1 ? '' : 's'} imported (${range(added)}); each will get an acknowledgement shortly.`,
          ),
          leftOut.length > 0
            ? say(
                `${leftOut.length}行因資料剛有變動而略過：第${leftOut.map(({ line }) => line).join('、')}行。`,
                `${leftOut.length} row(s) left out because something changed meanwhile: ${leftOut.map(({ line }) => line).join(', ')}.`,
              )
            : undefined,
        ),
        did: `匯入${added.length}位應徵者`,
      };
    }
    const count = plan.what === 'staff' ? await importStaff(unit, plan.rows) : await importBranches(unit, plan.rows);
    const thing = plan.what === 'staff' ? say('位同事', 'colleagues') : say('間分店', 'branches');
    return {
      text: say(`已匯入${count}${thing.hant}。`, `Imported: ${count} ${thing.en}.`),
      quickReplies: [{ label: say('還欠甚麼？', 'What is missing?'), sends: '我可以開始未' }],
      did: `匯入${count}${thing.hant}`,
    };
  },
});

async function readTable(context: PrepareContext): Promise<TableRow[]> {
  const settings = context.office.settings();
  const file = context.files.find(({ name }) => isTableFile(name));
  if (file) return decodeTable(await file.read(), settings);
  // A word above the table (「匯入 R101」) is no row of it.
  const rows = context.text.split(/\r?\n/);
  const first = rows.findIndex((row) => /[\t,;，|]/.test(row));
  if (first < 0) throw new RuleBroken('table_none');
  return readPastedTable(rows.slice(first).join('\n'), settings);
}

function roleOf(typed: string): StaffRole | undefined {
  const word = typed.trim().toLowerCase();
  return ROLE_CHOICES.find(({ id, title, aliases }) =>
    [id, title.hant, title.en, ...aliases].some((alias) => alias.toLowerCase() === word),
  )?.id;
}

function dryRun(plan: Plan): Said {
  return (lang) => {
    const { willDo, duplicates, wrong } = faultCount(plan.rows);
    const head = say(
      `試讀完成，未寫入任何資料：${willDo}行會寫入，${duplicates}行重複，${wrong}行有誤。`,
      `Dry run, nothing stored yet: ${willDo} row(s) will be stored, ${duplicates} duplicate, ${wrong} wrong.`,
    );
    const tail =
      plan.what === 'candidates'
        ? say(
            '確認後，新申請人會收到「已收到申請」訊息（2分鐘內可復原）。',
            'After you confirm, each new applicant gets an acknowledgement (it can be undone for a short time).',
          )
        : say(
            '確認後即時生效，不會向應徵者發出訊息。',
            'It takes effect when you confirm; nothing is sent to candidates.',
          );
    return [inLanguage(head, lang), rowTexts(plan, lang), inLanguage(tail, lang)].join('\n');
  };
}

function rowTexts(plan: Plan, lang: Lang): string {
  const texts =
    plan.what === 'candidates'
      ? plan.rows.map((row) => candidateRowText(row, lang))
      : plan.rows.map((row) => organisationRowText(row, lang));
  const more = texts.length - SHOWN_ROWS;
  const rest = more > 0 ? [inLanguage(say(`……另有${more}行`, `… and ${more} more`), lang)] : [];
  return [...texts.slice(0, SHOWN_ROWS), ...rest].join('\n');
}

function range(refs: readonly string[]): string {
  const [first] = refs;
  const last = refs.at(-1);
  return refs.length > 1 ? `${first}–${last}` : (first ?? '');
}
