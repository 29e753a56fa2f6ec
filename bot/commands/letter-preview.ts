import { type RejectionLetter, rejectionExtra } from '../../recruiting/application/reject-application.ts';
import { previewMessage } from '../../recruiting/message/preview-message.ts';
import type { Office } from '../../recruiting/unit/office.ts';
import type { ApplicationInfo } from '../command.ts';
import { inLanguage, type Lang, type Said, say } from '../replies/said.ts';
import { staffDateTime } from '../replies/staff-dates.ts';

/** A letter of refusal exactly as the person would read it. */
export async function letterText(
  office: Office,
  { application, candidate }: Pick<ApplicationInfo, 'application' | 'candidate'>,
  letter: RejectionLetter,
): Promise<{ text: string; missing: string[] }> {
  return previewMessage(office, {
    template: 'rejection',
    candidateId: candidate._id,
    applicationId: application._id,
    extra: rejectionExtra(letter),
  });
}

/** The letter with the moment it will leave, for confirming. */
export async function letterLines(
  office: Office,
  info: Pick<ApplicationInfo, 'application' | 'candidate'>,
  letter: RejectionLetter,
): Promise<Said> {
  const { text, missing } = await letterText(office, info, letter);
  return (lang: Lang) =>
    [
      inLanguage(say('信件內容：', 'The letter:'), lang),
      ...text.split('\n').map((line) => `「${line}」`),
      lang === 'en'
        ? `It leaves on ${staffDateTime(letter.dueAt, lang)}.`
        : `將於${staffDateTime(letter.dueAt, lang)}發出。`,
      ...(missing.length > 0
        ? [
            inLanguage(
              say(
                `尚欠：${missing.join('、')}，補上後才會發出。`,
                `Still missing, and not sent before: ${missing.join(', ')}.`,
              ),
              lang,
            ),
          ]
        : []),
    ].join('\n');
}
