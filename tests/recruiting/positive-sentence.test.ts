import { describe, expect, test } from 'vitest';
import type { RuleBroken } from '../../lib/errors.ts';
import { positiveSentence } from '../../recruiting/application/positive-sentence.ts';

const refusal = (typed: string, reasons: string[] = []): string => {
  try {
    return positiveSentence(typed, reasons);
  } catch (error) {
    return (error as RuleBroken).code;
  }
};

describe('the one positive sentence of a letter', () => {
  test.each([
    ['您的耐心及親和力', '您的耐心及親和力'],
    ['耐心及親和力。', '您的耐心及親和力'],
    ['我哋欣賞佢嘅細心！', '您的細心'],
    ['你的服务热诚', '您的服務熱誠'],
  ])('%s becomes %s', (typed, sentence) => {
    expect(positiveSentence(typed)).toBe(sentence);
  });

  test.each([
    ['。', 'positive_empty'],
    ['您的年輕活力', 'positive_not_allowed'],
    ['您的表現比其他人好', 'positive_not_allowed'],
    ['您很有耐心。可惜經驗不足', 'positive_not_allowed'],
    [`您的${'好'.repeat(50)}`, 'positive_too_long'],
    ['您的號碼A123456(3)', 'positive_not_allowed'],
  ])('%s is refused: %s', (typed, code) => {
    expect(refusal(typed)).toBe(code);
  });

  test("the manager's reason never enters the letter", () => {
    expect(refusal('您的經驗不足', ['經驗不足'])).toBe('positive_is_reason');
    expect(refusal('經驗不足但有禮貌', ['經驗不足'])).toBe('positive_is_reason');
    expect(refusal('您的有禮貌', ['經驗不足'])).toBe('您的有禮貌');
  });
});
