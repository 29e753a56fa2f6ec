import type { RuleSentences } from '../rule-sentences.ts';
import { say } from '../said.ts';

/** Broken rules of the conversation itself. */
export const FRAMEWORK_SENTENCES: RuleSentences = {
  not_allowed: ({ who }) =>
    say(
      `這項工作不在您的權限內，未有作出任何更改。${who ? `如有需要，請聯絡${who}。` : ''}`,
      `Your role does not allow this; nothing has been changed.${who ? ` Please ask ${who}.` : ''}`,
    ),
  gone_meanwhile: () =>
    say(
      '相關資料剛被更改或刪除，未有執行。請再輸入一次。',
      'The record was changed or removed just now; nothing was done. Please try again.',
    ),
  nothing_to_undo: () => say('沒有可以復原的操作。', 'There is nothing to undo.'),
  undo_other: ({ summary }) =>
    say(
      `您最近一次操作是「${summary}」，與您說的不同，所以未有復原。如要收回這一項，請輸入「復原」。`,
      `The last thing you did was "${summary}", which is not what you named, so nothing was undone. Type "undo" to take that one back.`,
    ),
  undo_overtaken: ({ summary }) =>
    say(
      `「${summary}」之後已有人跟進，不能直接復原。請改用相應指令更正。`,
      `Somebody has gone on after "${summary}", so it cannot simply be undone. Please correct it with a command.`,
    ),
  reading_gone: () =>
    say(
      '我已沒有您上一句的理解記錄（只保留一日），所以未有記下。請再說一次那一句。',
      'I no longer have how I read your last message (it is kept for a day), so nothing was noted. Please send it again.',
    ),
  already_answered: () => say('這條問題已經處理。', 'This question has been answered already.'),
};
