import { RuleBroken } from '../../lib/errors.ts';
import { phoneFor, sightOf } from '../../recruiting/access/fields.ts';
import { checkCandidateFile, keepCandidateFile } from '../../recruiting/candidate/keep-candidate-file.ts';
import { newestCv } from '../../recruiting/candidate/newest-cv.ts';
import { filePlaceholder } from '../../recruiting/message/file-links.ts';
import { defineCommand } from '../command.ts';
import { inLanguage, say } from '../replies/said.ts';
import { staffWhen } from '../replies/staff-dates.ts';

/** True for files that may be a CV, by name; the content is checked when it is read. */
function isDocument(name: string): boolean {
  return /\.(?:pdf|docx?|jpe?g|png)$/i.test(name);
}

/** Keeps a CV that was sent in the 1:1 chat with the candidate named beside it or in the file's name. */
export const keepCv = defineCommand({
  name: 'keep_cv',
  aliases: { hant: ['履歷', '存履歷', '上載履歷', 'CV'], en: ['cv for', 'keep cv', 'upload cv', 'resume for'] },
  summary: say('把履歷（PDF、Word 或圖片）存到應徵者名下。', 'Keep a CV (PDF, Word or picture) with a candidate.'),
  usage: say(
    '在一對一對話傳送檔案，檔名或附言寫上姓名或編號，例如「履歷 陳家欣」',
    'send the file in our 1:1 chat with the name or number in the file name or text: "cv for Kelly Ng"',
  ),
  examples: ['履歷 陳家欣', 'cv for C1001'],
  changes:
    'Keeps the file with the candidate. It opens only by an expiring link made for one member of staff; every opening is recorded.',
  permission: 'keep_file',
  surface: 'direct',
  takes: { candidate: { kind: 'candidate', title: say('應徵者', 'candidate') } },
  readsText: true,
  needsFile: ({ files }) =>
    files.length > 0
      ? undefined
      : say('好，請現在傳送履歷檔案（PDF、Word、JPG 或 PNG）。', 'OK, please send the CV now (PDF, Word, JPG or PNG).'),
  startsFrom: ({ files }) => files.some(({ name }) => isDocument(name)),
  async prepare({ files, office }): Promise<{ name: string; content: Uint8Array }> {
    const file = files[0];
    if (!file) throw new RuleBroken('file_missing');
    if (!isDocument(file.name)) throw new RuleBroken('file_type_not_allowed');
    const content = await file.read();
    checkCandidateFile(file.name, content, office.settings());
    return { name: file.name, content };
  },
  async action({ unit }, { candidate }, file) {
    const { isNew } = await keepCandidateFile(unit, { candidateId: candidate._id, ...file });
    return {
      text: isNew
        ? say(
            `已存入${candidate.name.display}（${candidate.ref}）的履歷。經理的決定卡會附上限時連結；您可輸入「開履歷 ${candidate.ref}」查看。`,
            `The CV is kept with ${candidate.name.display} (${candidate.ref}). The manager's decision card gets an expiring link; to open it type "open cv ${candidate.ref}".`,
          )
        : say(
            `這份履歷之前已存入${candidate.name.display}名下。`,
            `This CV was already kept with ${candidate.name.display}.`,
          ),
      ...(isNew ? { did: `存入履歷 ${candidate.name.display}` } : {}),
    };
  },
});

/** Gives one member of staff a link to the CV for a short time. */
export const openCv = defineCommand({
  name: 'open_cv',
  aliases: {
    hant: ['開履歷', '睇履歷', '看履歷', '開CV', '睇CV', '看CV'],
    en: ['open cv', 'view cv', 'show cv', 'open resume'],
  },
  summary: say('取得應徵者履歷的限時連結。', "Get an expiring link to a candidate's CV."),
  usage: say('開履歷 〈應徵者〉', 'open cv <candidate>'),
  examples: ['開履歷 陳家欣', 'open cv C1001'],
  changes: 'Makes a link only you were shown, valid for an hour; every opening is recorded. Nothing else changes.',
  permission: 'see_applications',
  surface: 'direct',
  takes: { application: { kind: 'application', title: say('應徵者', 'candidate') } },
  async action({ unit, asker }, { application: { candidate } }) {
    if (sightOf('cv', asker.roles, 'direct') === 'hidden') throw new RuleBroken('not_allowed');
    const file = await newestCv(unit, candidate._id);
    if (!file) throw new RuleBroken('file_none', { name: candidate.name.display });
    unit.audit(`candidate:${candidate._id}`, 'file_link', ['candidateFiles']);
    // The link itself is made when this answer is sent.
    const url = filePlaceholder(file._id);
    const expiresAt = new Date(unit.now.getTime() + unit.settings.fileLinkMinutes * 60_000);
    const phone = phoneFor(candidate.phone, asker.roles, 'direct');
    return {
      text: (lang) =>
        inLanguage(
          say(
            `${candidate.name.display}的履歷，${staffWhen(expiresAt, unit.now, lang)}前有效，只供您本人使用，每次開啟均有紀錄： ${url}${phone ? `\n電話 ${phone}` : ''}`,
            `CV of ${candidate.name.display}, for you only, valid until ${staffWhen(expiresAt, unit.now, lang)}; every opening is recorded: ${url}${phone ? `\nPhone ${phone}` : ''}`,
          ),
          lang,
        ),
    };
  },
});
