import { resumeAfterUndo } from '../../recruiting/application/resume-after-undo.ts';
import { markNoShow } from '../../recruiting/interview/mark-no-show.ts';
import { defineCommand } from '../command.ts';
import { say } from '../replies/said.ts';
import { staffWhen } from '../replies/staff-dates.ts';
import { lastInterviewOf } from './interview-ahead.ts';

/** Somebody did not come to their interview. */
export const noShow = defineCommand({
  name: 'no_show',
  aliases: {
    hant: ['冇嚟', '沒有來', '缺席', '冇出現', '放飛機'],
    en: ['no show', 'no-show', 'noshow', "didn't show up"],
  },
  summary: say('記錄應徵者面試缺席。', 'Record that a candidate did not come to the interview.'),
  usage: say('冇嚟 〈應徵者〉', 'no-show <candidate>'),
  examples: ['冇嚟 家欣', '缺席 A1003', 'no-show Kelly'],
  changes:
    'The application moves to no_show; `no_show_followup` asks an hour later, without blame, whether they want another time.',
  permission: 'record_arrival',
  surface: 'any',
  takes: { who: { kind: 'application', title: say('應徵者', 'candidate'), stages: ['interview', 'interviewed'] } },
  async action({ unit, now }, { who }) {
    const interview = await lastInterviewOf(unit, who);
    const { followUpAt } = await markNoShow(unit, { interviewId: interview._id });
    const name = who.candidate.name.display;
    return {
      text: (lang) =>
        lang === 'en'
          ? `Recorded: ${name} did not come. They are asked ${staffWhen(followUpAt, now, lang)} (inside the send window) whether they want another time.`
          : `已記錄 ${name} 缺席面試。${staffWhen(followUpAt, now, lang)}（在發送時段內）會問候並提供重新安排。`,
      did: `缺席 ${name}`,
    };
  },
  async undone({ unit, undone }) {
    await resumeAfterUndo(unit, undone);
    return undefined;
  },
});
