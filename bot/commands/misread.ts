import { reportReading } from '../../recruiting/reading/report-reading.ts';
import { defineCommand } from '../command.ts';
import { anonymise } from '../readings/anonymise.ts';
import { lines, say } from '../replies/said.ts';
import { makeKnown } from '../understand/known.ts';
import { loadWorld } from '../understand/world/load-world.ts';

/** Puts the last reading into the review list, without names; what was meant may be added. */
export const misread = defineCommand({
  name: 'misread',
  aliases: {
    hant: ['理解錯咗', '理解錯誤', '理解錯', '你理解錯', '你誤會咗', '你睇錯咗'],
    en: ['misread', 'you misread', 'you misread that', 'wrong reading', 'you got that wrong'],
  },
  summary: say(
    '回報我理解錯了您上一句（不記姓名、電話）。',
    'Report that I read your last message wrongly (no names or numbers are kept).',
  ),
  usage: say('理解錯咗 〔您的意思〕', 'misread [what you meant]'),
  examples: ['理解錯咗', '理解錯咗 我是想改期', 'misread I wanted to move it'],
  changes: 'Puts the reading, without names, into the review list of HR. Nothing of what was done is taken back.',
  permission: 'use_robot',
  surface: 'any',
  anywhere: true,
  takes: { meant: { kind: 'text', title: say('您的意思', 'what you meant'), optional: true } },
  async prepare({ reader, asker, now }, { meant }) {
    if (meant === undefined) return null;
    const { world, references } = await loadWorld(reader, { text: meant, asker, now, recentCandidateIds: [] });
    const named = makeKnown(world)
      .people.find(references.text)
      .map(({ start, end, kind }) => ({
        start,
        end,
        kind: kind === 'staff' ? ('staff' as const) : ('candidate' as const),
      }));
    return anonymise(meant, named, true).text;
  },
  async action({ unit, asker, conversation }, { meant }, correction) {
    await reportReading(unit, { conversationId: conversation.id, staffId: asker._id, correction });
    return {
      text: lines(
        say(
          '多謝！已放入檢討清單，讓 HR 改善我的理解。清單不記您的名字，姓名、電話和電郵亦已隱去。',
          'Thank you! It is on the review list for HR to improve how I read. Your name is not kept, and names, numbers and addresses are taken out.',
        ),
        meant === undefined
          ? say(
              '想補充的話，可輸入「理解錯咗 您的意思」。如要收回剛才做的事，請輸入「復原」。',
              'To add what you meant, type "misread" and your words. To take back what was done, type "undo".',
            )
          : say('您的意思亦已記下。', 'What you meant is noted as well.'),
      ),
    };
  },
});
