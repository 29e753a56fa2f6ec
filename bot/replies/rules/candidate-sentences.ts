import type { RuleSentences } from '../rule-sentences.ts';
import { say } from '../said.ts';

/** Broken rules about candidates, their files, notes and lists. */
export const CANDIDATE_SENTENCES: RuleSentences = {
  candidate_unknown: () => say('找不到這位應徵者。', 'I cannot find this candidate.'),
  candidate_contact_missing: ({ name }) =>
    say(
      `請加上${name}的電話或電郵，否則無法通知對方。`,
      `Please add a telephone number or e-mail for ${name}; otherwise nobody can reach them.`,
    ),
  candidate_duplicate: ({ name, ref, job }) =>
    say(
      `${name}已應徵「${job}」（${ref}），電話或電郵相同，所以沒有重複新增。輸入「狀態 ${ref}」可查看。`,
      `${name} has applied for "${job}" already (${ref}): same telephone or e-mail. Nothing was added; type "status ${ref}".`,
    ),
  candidate_namesake: ({ name, ref, job }) =>
    say(
      `「${job}」已有另一位${name}（${ref}），但聯絡資料不同。如確是另一人，請在指令加「另一人」。`,
      `Another ${name} (${ref}) has applied for "${job}" with other contact data. If this is somebody else, add "another person".`,
    ),
  hkid_refused: () =>
    say(
      '內容含有身份證號碼，所以沒有儲存。請刪去後再輸入。',
      'The text held an identity card number, so it was not stored. Please leave it out.',
    ),
  note_empty: () => say('備註是空白的。', 'The note is empty.'),
  note_too_long: ({ limit }) => say(`備註最多${limit}個字，請精簡。`, `A note has at most ${limit} characters.`),
  file_missing: () =>
    say(
      '沒有收到檔案。請在一對一對話傳送檔案，並寫上應徵者姓名。',
      "There was no file. Please send it in our 1:1 chat with the candidate's name.",
    ),
  file_empty: () => say('檔案是空白的，沒有儲存。', 'The file is empty; it was not stored.'),
  file_too_large: ({ megabytes }) =>
    say(
      `檔案太大（上限${megabytes}MB），沒有儲存。`,
      `The file is too large (at most ${megabytes} MB); it was not stored.`,
    ),
  file_type_not_allowed: () =>
    say(
      '只接受 PDF、Word、JPG 或 PNG，而且內容要與檔名相符；檔案沒有儲存。',
      'Only PDF, Word, JPG or PNG whose content is what its name says; the file was not stored.',
    ),
  file_gone: () =>
    say(
      '這個連結已失效或不是給您的。請輸入「開履歷 〈應徵者〉」再取一個。',
      'This link has ended or was made for somebody else. Type "open cv <candidate>" for a new one.',
    ),
  file_none: ({ name }) =>
    say(
      `${name}未有履歷。可在一對一對話傳送檔案給我，並寫上姓名。`,
      `There is no CV of ${name} yet. Send me the file in our 1:1 chat with the name.`,
    ),
  table_too_large: ({ megabytes }) =>
    say(
      `檔案太大（上限${megabytes}MB）。請分開匯入。`,
      `The file is too large (at most ${megabytes} MB). Please split it.`,
    ),
  table_too_long: ({ rows, limit }) =>
    say(
      `名單有${rows}行，每次最多${limit}行。請分開匯入。`,
      `The list has ${rows} rows; at most ${limit} at a time. Please split it.`,
    ),
  table_empty: () =>
    say(
      '名單內沒有資料。第一行須是欄名（例如 姓名,電話,職位），其後每行一人。',
      'The list is empty. The first row names the columns (such as name,phone,job), then one person per row.',
    ),
  table_unreadable: () =>
    say(
      '讀不到這個檔案。請另存為 CSV 或 XLSX 再傳送。',
      'I cannot read this file. Please save it as CSV or XLSX and send it again.',
    ),
  table_none: () =>
    say(
      '請傳送 CSV 或 XLSX 檔案，或把表格貼上（第一行是欄名）。',
      'Please send a CSV or XLSX file, or paste the table with its header row.',
    ),
  table_columns_missing: ({ columns }) => {
    const missing = Array.isArray(columns) ? columns.join('、') : String(columns);
    return say(
      `名單欠了欄位：${missing}。請在第一行加上欄名。`,
      `The list lacks these columns: ${missing}. Please name them in the first row.`,
    );
  },
  import_nothing: ({ rows }) =>
    say(
      `名單內沒有可以新增的資料，未有寫入：\n${rows}`,
      `Nothing on this list can be added; nothing was stored:\n${rows}`,
    ),
  status_of_whom: () =>
    say(
      '請寫上應徵者或職位，例如「狀態 陳家欣」或「狀態 R101」。',
      'Of whom? For example "status A1003" or "status R101".',
    ),
  template_unknown: () => say('沒有這則訊息。', 'There is no such message.'),
};
