import { HKID_REDACTED } from '../../hongkong/hkid.ts';
import { RuleBroken } from '../../lib/errors.ts';
import { writeNote } from '../../recruiting/candidate/write-note.ts';
import { defineCommand } from '../command.ts';
import { say } from '../replies/said.ts';

/** Keeps a note with a candidate. */
export const note = defineCommand({
  name: 'note',
  aliases: { hant: ['備註', '筆記', '記低', '加備註', '紀錄', '註明'], en: ['note', 'add note', 'remark'] },
  summary: say(
    '為應徵者加備註（對方將來有權查閱）。',
    'Keep a note about a candidate (the person may ask to read it).',
  ),
  usage: say('備註 〈應徵者〉 〈內容〉', 'note <candidate> <text>'),
  examples: ['備註 陳家欣 只可返朝早更', 'note A1003 prefers mornings'],
  changes: 'Keeps the note with the candidate. No message leaves.',
  permission: 'write_note',
  surface: 'any',
  takes: {
    application: { kind: 'application', title: say('應徵者', 'candidate') },
    text: { kind: 'text', title: say('內容', 'text'), question: say('請輸入備註內容。', 'What should the note say?') },
  },
  async action({ unit }, { application: { application, candidate }, text }) {
    if (text.includes(HKID_REDACTED)) throw new RuleBroken('hkid_refused');
    await writeNote(unit, { candidateId: candidate._id, applicationId: application._id, text });
    return {
      text: say(
        `已為${candidate.name.display}（${application.ref}）加上備註。`,
        `Noted for ${candidate.name.display} (${application.ref}).`,
      ),
      did: `備註 ${candidate.name.display}`,
    };
  },
});
