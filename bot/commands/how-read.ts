import { readingId } from '../../recruiting/reading/keep-reading.ts';
import { defineCommand } from '../command.ts';
import { answerTo } from '../readings/answer-to.ts';
import { peopleOfReading, tellReading } from '../readings/tell-reading.ts';
import { say } from '../replies/said.ts';

/** Shows how the person's last message in this conversation was read, and offers to report it as wrong. */
export const howRead = defineCommand({
  name: 'how_read',
  aliases: {
    hant: ['你點理解', '點理解', '你點睇我句嘢', '你點解讀', '你怎樣理解', '你怎麼理解', '你明白咗咩', '你以為我講咩'],
    en: [
      'how did you read that',
      'how did you read this',
      'how did u read that',
      'how did u read this',
      'how did you understand that',
      'what did you understand',
    ],
  },
  summary: say(
    '查看我如何理解您上一句，可即時回報理解錯。',
    'See how I read your last message, and report it if it was wrong.',
  ),
  usage: say('你點理解', 'how did you read that'),
  examples: ['你點理解？', 'how did you read that'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'use_robot',
  surface: 'any',
  anywhere: true,
  takes: {},
  async action({ unit, asker, conversation, commands, now }) {
    const reading = await unit.get('readings', readingId(conversation.id, asker._id));
    const isOver = reading && now.getTime() - reading.at.getTime() >= unit.settings.readingHours * 3_600_000;
    if (!reading || isOver) {
      return {
        text: say(
          '這個對話一日內未有我理解過的句子。',
          'There is no message of yours in this conversation that I read within a day.',
        ),
      };
    }
    const people = await peopleOfReading(unit, reading);
    const answer = await answerTo(unit, reading, conversation.kind);
    return {
      text: (lang) => tellReading(reading, { people, answer, commands, now, lang }),
      quickReplies: [{ label: say('理解錯咗', 'That is wrong'), sends: say('理解錯咗', 'misread') }],
    };
  },
});
