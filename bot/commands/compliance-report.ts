import { complianceFigures } from '../../recruiting/compliance/compliance-figures.ts';
import { defineCommand } from '../command.ts';
import { GROUND_TITLES } from '../replies/compliance-sentences.ts';
import { INTENT_TITLES } from '../replies/intent-titles.ts';
import { inLanguage, type Lang, say } from '../replies/said.ts';
import { staffDateTime } from '../replies/staff-dates.ts';
import type { StaffIntent } from '../understand/intents.ts';

/** How far back the figures reach. */
const DAYS = 90;

/** How often the robot did not act on a ground or left private details out: who, when, which ground, never what was said. */
export const complianceReport = defineCommand({
  name: 'compliance_report',
  aliases: { hant: ['合規統計', '合規報告'], en: ['compliance report', 'compliance figures', 'compliance count'] },
  summary: say(
    '查看近90日涉及受保障範疇的次數（不含內容）。',
    'See how often protected grounds came up in the last 90 days (without content).',
  ),
  usage: say('合規統計', 'compliance report'),
  examples: ['合規統計', 'compliance report'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'see_compliance',
  surface: 'direct',
  takes: {},
  async action({ unit, now }) {
    const figures = await complianceFigures(unit, new Date(now.getTime() - DAYS * 86_400_000));
    if (figures.total === 0) {
      return { text: say(`近${DAYS}日沒有記錄。`, `Nothing came up in the last ${DAYS} days.`) };
    }
    const ids = [...new Set([...figures.byStaff, ...figures.newest].map(({ staffId }) => staffId))];
    const staff = new Map((await unit.list('staff', { _id: { $in: ids } })).map(({ _id, name }) => [_id, name]));
    const nameOf = (id: string): string => staff.get(id) ?? id;
    return {
      text: (lang) =>
        [
          inLanguage(
            say(
              `近${DAYS}日共${figures.total}次（只計次數，不記內容及應徵者）：`,
              `${figures.total} in the last ${DAYS} days (counted only; neither words nor candidates are kept):`,
            ),
            lang,
          ),
          ...figures.byFlag.map((row) => `· ${inLanguage(GROUND_TITLES[row.flag], lang)}${counts(row, lang)}`),
          inLanguage(say('按同事：', 'By colleague:'), lang),
          ...figures.byStaff.map((row) => `· ${nameOf(row.staffId)}${counts(row, lang)}`),
          inLanguage(say('最近：', 'Latest:'), lang),
          ...figures.newest.map(({ at, staffId, flag, act }) =>
            [staffDateTime(at, lang), nameOf(staffId), inLanguage(GROUND_TITLES[flag], lang), actTitle(act, lang)].join(
              lang === 'en' ? ', ' : '，',
            ),
          ),
        ].join('\n'),
    };
  },
});

function counts({ refused, leftOut }: { refused: number; leftOut: number }, lang: Lang): string {
  const parts = [
    refused > 0 ? inLanguage(say(`未有執行${refused}次`, `not acted on ${refused}`), lang) : '',
    leftOut > 0 ? inLanguage(say(`略去${leftOut}次`, `left out ${leftOut}`), lang) : '',
  ].filter(Boolean);
  return `${lang === 'en' ? ': ' : '：'}${parts.join(lang === 'en' ? ', ' : '，')}`;
}

function actTitle(act: string, lang: Lang): string {
  const title = INTENT_TITLES[act as StaffIntent];
  return title ? inLanguage(title, lang) : act;
}
