import { exportPlaceholder } from '../../recruiting/message/file-links.ts';
import { REVIEWS_FILE_NAME, reviewsFile } from '../../recruiting/reading/reviews-file.ts';
import { defineCommand } from '../command.ts';
import { say } from '../replies/said.ts';

/** The review list of wrong readings as a file, behind a link for the person who asked. */
export const readingReviews = defineCommand({
  name: 'reading_reviews',
  aliases: {
    hant: ['理解檢討', '匯出理解檢討', '理解檢討清單', '理解錯清單'],
    en: ['reading reviews', 'export reading reviews', 'misread list'],
  },
  summary: say(
    '下載同事回報的「理解錯」清單（不含姓名）。',
    'Download the readings that were reported as wrong (no names).',
  ),
  usage: say('理解檢討', 'reading reviews'),
  examples: ['理解檢討', 'reading reviews'],
  changes: 'Nothing. The link ends after `fileLinkMinutes`; each download is written down.',
  readsOnly: true,
  permission: 'review_readings',
  surface: 'direct',
  takes: {},
  async action({ unit, now }) {
    const { count } = await reviewsFile(unit, now);
    if (count === 0) return { text: say('檢討清單目前是空的。', 'The review list is empty.') };
    const { fileLinkMinutes, readingReviewDays } = unit.settings;
    const link = exportPlaceholder(REVIEWS_FILE_NAME);
    return {
      text: say(
        `檢討清單有${count}句，已隱去姓名、電話和電郵，保留${readingReviewDays}日。\n下載（${fileLinkMinutes}分鐘內有效，只供您使用）：${link}\n欄位與標註檔相同：改正 intent 和 entities 後，便可用來改善詞庫。`,
        `The review list has ${count} message${count === 1 ? '' : 's'}, without names, numbers and addresses, kept for ${readingReviewDays} days.\nDownload (valid for ${fileLinkMinutes} minutes, for you only): ${link}\nIts columns are those of a labelled file: put intent and entities right, and it helps to improve the lexicon.`,
      ),
    };
  },
});
