import { markArrived } from '../../recruiting/application/mark-arrived.ts';
import { defineCommand } from '../command.ts';
import { lines, say } from '../replies/said.ts';

/** Somebody came to work. */
export const arrived = defineCommand({
  name: 'arrived',
  aliases: {
    hant: ['返咗工', '已到職', '到職', '已上班', '報到'],
    en: ['arrived', 'started work', 'reported for duty'],
  },
  summary: say('記錄應徵者已到職。', 'Record that somebody came to work.'),
  usage: say('返咗工 〈應徵者〉 〔日期〕', 'arrived <candidate> [day]'),
  examples: ['返咗工 家欣', 'arrived A1003 14/12'],
  changes: 'The application moves to arrived and the waiting period ends; nothing is sent.',
  permission: 'record_arrival',
  surface: 'any',
  takes: {
    who: { kind: 'application', title: say('應徵者', 'candidate'), stages: ['passed', 'offer_sent', 'offer_accepted'] },
    on: { kind: 'date', title: say('日期', 'day'), optional: true },
  },
  async action({ unit }, { who, on }) {
    const outcome = await markArrived(unit, { applicationId: who.application._id, on });
    const name = who.candidate.name.display;
    return {
      text: lines(
        say(`${name} 已到職，等候期完結。`, `${name} has started work; the waiting period is over.`),
        say(
          `「${who.requisition.jobTitle}」（${who.requisition.ref}）：${outcome.filled}／${outcome.headcount} 人已到職。`,
          `"${who.requisition.jobTitle}" (${who.requisition.ref}): ${outcome.filled} of ${outcome.headcount} have started.`,
        ),
        outcome.withoutContact
          ? say(
              '提示：到職前沒有任何真人聯絡紀錄，已記錄在案。',
              'Note: nobody had spoken with them before day 1; this is recorded.',
            )
          : undefined,
      ),
      did: `到職 ${name}`,
    };
  },
});
