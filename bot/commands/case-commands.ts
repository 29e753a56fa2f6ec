import type { CandidateCaseRecord } from '../../models/candidate-case.model.ts';
import { closeCase } from '../../recruiting/case/close-case.ts';
import { caseTopicText } from '../../recruiting/case/open-case.ts';
import { type AnyCommand, defineCommand } from '../command.ts';
import { say } from '../replies/said.ts';
import { staffDate } from '../replies/staff-dates.ts';

/** Most rows of one answer. */
const MOST_ROWS = 20;

const listCases = defineCommand({
  name: 'list_cases',
  aliases: { hant: ['個案名單', '跟進中個案', '未結個案'], en: ['cases', 'case list', 'open cases'] },
  summary: say(
    '列出應徵者的個案：投訴、資料要求等，連書面回覆限期。',
    'List open cases of candidates (complaints, data requests …) with the day for the written answer.',
  ),
  usage: say('個案名單', 'cases'),
  examples: ['個案名單', 'cases'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'pause_messages',
  surface: 'direct',
  takes: {},
  async action({ unit }) {
    const found = await unit.list('candidateCases', { state: 'open' }, { sort: { dueAt: 1 }, limit: MOST_ROWS });
    if (found.length === 0) return { text: say('現時沒有未完結的個案。', 'No case is open.') };
    const rows: { one: CandidateCaseRecord; name: string; owner: string }[] = [];
    for (const one of found) {
      const candidate = await unit.get('candidates', one.candidateId);
      const person = await unit.get('staff', one.ownerStaffId);
      rows.push({ one, name: candidate?.name.display ?? '', owner: person?.name ?? '' });
    }
    return {
      text: (lang) =>
        rows
          .map(({ one, name, owner }) =>
            lang === 'en'
              ? `${one.ref}  ${name}  ${caseTopicText(one.topic)}  ${owner}  answer by ${staffDate(one.dueAt, lang)}`
              : `${one.ref}　${name}　${caseTopicText(one.topic)}　${owner}　${staffDate(one.dueAt, lang)}或之前回覆`,
          )
          .join('\n'),
    };
  },
});

const close = defineCommand({
  name: 'close_case',
  aliases: { hant: ['結案', '完成個案', '個案完成'], en: ['close case', 'case closed'] },
  summary: say('書面回覆應徵者後結束個案。', 'Close a case once the candidate has the written answer.'),
  usage: say('結案 〈編號〉', 'close case <number>'),
  examples: ['結案 K1001', 'close case K1001'],
  changes: 'The case is closed, with who closed it; nudges go on unless another case or call is open.',
  permission: 'pause_messages',
  surface: 'direct',
  takes: { ref: { kind: 'text', title: say('個案編號', 'case number') } },
  async action({ unit }, { ref }) {
    const found = await closeCase(unit, ref);
    const candidate = await unit.get('candidates', found.candidateId);
    const name = candidate?.name.display ?? '';
    return {
      text: say(`個案${found.ref}（${name}）已結案。`, `Case ${found.ref} (${name}) is closed.`),
      did: `結案 ${found.ref}`,
    };
  },
});

/** What candidates are owed in writing. */
export const CASE_COMMANDS: readonly AnyCommand[] = [listCases, close];
