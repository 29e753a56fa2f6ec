import { describe, expect, test } from 'vitest';
import { lintWords } from '../../templates/linter/etiquette.ts';
import { findWording, WORDING_ROWS } from '../../templates/linter/wording.ts';

const rows = WORDING_ROWS.filter((row) => row.id !== 'allow');

describe('the vocabulary table', () => {
  test('has its 154 rows and the list of innocent strings', () => {
    expect(rows).toHaveLength(154);
    expect(rows.filter((row) => row.severity === 'error').length).toBeGreaterThan(60);
    expect(new Set(WORDING_ROWS.map((row) => row.id)).size).toBe(155);
  });

  test.each(rows.filter((row) => row.wrong).map((row) => [row.id, row] as const))(
    '%s: the wrong sentence is found',
    (_, row) => {
      const hit = findWording(row.wrong).find(({ row: id }) => id === row.id);
      expect(hit).toMatchObject({ severity: row.severity, hongkong: row.hongkong });
      expect(row.hongkong.length > 0 || /compliance/.test(row.note)).toBe(true);
    },
  );

  test.each(rows.map((row) => [row.id, row] as const))('%s: the right sentence is let pass', (_, row) => {
    expect(row.right).not.toBe('');
    expect(lintWords(row.right)).toEqual([]);
  });

  test('the general list is innocent', () => {
    const general = WORDING_ROWS.find((row) => row.id === 'allow');
    for (const text of general?.allow ?? []) expect(findWording(text)).toEqual([]);
  });
});

describe('how forms are matched', () => {
  test('a longer innocent string takes its span first', () => {
    expect(findWording('請留下手機號碼')).toEqual([]);
    expect(findWording('請留下手機號')).toMatchObject([{ row: 'mobile', found: '手機號' }]);
    expect(findWording('手機號碼以外，也請留下手機號')).toMatchObject([{ row: 'mobile', index: 11 }]);
  });

  test('where rows overlap the longest form is reported', () => {
    expect(findWording('部門領導審批後')).toHaveLength(1);
    expect(findWording('請提交健康證及身份證複印件').map(({ row }) => row)).toEqual(['health-certificate', 'copy']);
    expect(findWording('歡迎投遞簡歷').map(({ row, found }) => [row, found])).toEqual([['cv-send', '投遞簡歷']]);
  });

  test('titles of books and laws, and what is not ours, are left out', () => {
    expect(findWording('請閱讀《勞動合同》')).toEqual([]);
    expect(findWording('請到門店報到', [{ start: 2, end: 4 }])).toEqual([]);
    expect(findWording('視訊公司的視訊面試', [{ start: 0, end: 4 }])).toHaveLength(1);
  });

  test('no form is put together across something that was left out', () => {
    expect(findWording('簡A歷', [{ start: 1, end: 2 }])).toEqual([]);
  });

  test('text in Simplified is read in Traditional as well', () => {
    expect(findWording('请提交身份证复印件').map(({ row }) => row)).toEqual(['copy']);
    expect(findWording('发短信联系我们').map(({ row }) => row)).toEqual(['sms', 'contact']);
  });

  test('characters that both scripts share do not make a text Simplified', () => {
    expect(lintWords('余小姐在東涌店的佣金，於里數計劃內以千計')).toEqual([]);
    expect(lintWords('恒生銀行户口、薪俸税、秘書、群組、温習、峰會、床位')).toEqual([]);
  });

  test('Simplified characters are errors, 况 is a warning, ambiguous ones only when they are no Hong Kong word', () => {
    expect(lintWords('请准时').map(({ rule, found, severity }) => [rule, found, severity])).toEqual([
      ['simplified', '请', 'error'],
      ['simplified', '时', 'error'],
    ]);
    expect(lintWords('情况').map(({ severity }) => severity)).toEqual(['warning']);
    expect(lintWords('拮据、丰采、万俟先生')).toEqual([]);
    expect(lintWords('适合').map(({ found }) => found)).toEqual(['适']);
  });
});
