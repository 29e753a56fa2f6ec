import type { Intent } from '../understand/intents.ts';

const TOPICS: Readonly<Record<string, string>> = {
  complaint: '作出投訴',
  injury: '表示受傷',
  data_request: '要求查閱個人資料',
  erasure: '要求刪除個人資料',
  third_party: '由他人代為回覆，申請沒有改動',
  call_me: '希望有同事致電',
};

/** What somebody wants a person for, as the responsible colleague reads it. */
export function topicWords(intent: Intent, topics: readonly string[]): string {
  const named = topics.flatMap((topic) => TOPICS[topic] ?? []);
  if (named.length > 0) return named.join('、');
  return intent === 'angry' ? '表示不滿' : '希望與同事聯絡';
}
