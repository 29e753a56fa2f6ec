import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chineseName, displayName, foldName, latinName, matchName, parseName } from '../../hongkong/names.ts';
import { type SalutationForm, type SalutationInput, salutation, withGap } from '../../hongkong/salutation.ts';

describe('reading a typed name', () => {
  test.each([
    ['陳大文', { surnameZh: '陳', givenZh: '大文' }],
    ['歐陽娜娜', { surnameZh: '歐陽', givenZh: '娜娜' }],
    ['司徒華', { surnameZh: '司徒', givenZh: '華' }],
    ['陳張美玲', { husbandSurnameZh: '陳', surnameZh: '張', givenZh: '美玲' }],
    ['黃小姐', { surnameZh: '黃' }],
    ['张学生', { surnameZh: '张', givenZh: '学生' }],
    ['CHAN Tai Man', { surnameEn: 'CHAN', givenEn: 'Tai Man' }],
    ['CHAN Tai Man, Peter', { surnameEn: 'CHAN', givenEn: 'Tai Man', englishName: 'Peter' }],
    ['Chan Tai Man', { surnameEn: 'Chan', givenEn: 'Tai Man' }],
    ['Peter Chan', { surnameEn: 'Chan', englishName: 'Peter' }],
    ['Peter CHAN Tai Man', { surnameEn: 'CHAN', givenEn: 'Tai Man', englishName: 'Peter' }],
    ['陳大文 Peter', { surnameZh: '陳', givenZh: '大文', englishName: 'Peter' }],
    ['CHAN Tai Man (陳大文)', { surnameZh: '陳', givenZh: '大文', surnameEn: 'CHAN', givenEn: 'Tai Man' }],
    ['Maria Santos', { givenEn: 'Maria Santos' }],
    ['GURUNG Bishal', { surnameEn: 'GURUNG', givenEn: 'Bishal' }],
    ['Kelly', { englishName: 'Kelly' }],
    ['LEE Ka Yan Kelly', { surnameEn: 'LEE', givenEn: 'Ka Yan', englishName: 'Kelly' }],
    ['Au Yeung Ka Lok', { surnameEn: 'Au Yeung', givenEn: 'Ka Lok' }],
    ['Peter SZE TO', { surnameEn: 'SZE TO', englishName: 'Peter' }],
    ['張 國榮', { surnameZh: '張', givenZh: '國榮' }],
    ['李Sir', { surnameZh: '李' }],
    ['Ms Leung', { surnameEn: 'Leung' }],
    ['Ｐｅｔｅｒ　Ｃｈａｎ', { surnameEn: 'Chan', englishName: 'Peter' }],
    ['12', {}],
  ])('%s', (typed, parts) => {
    expect(parseName(typed)).toEqual(parts);
  });

  test('a name that is shown reads back as the same parts', () => {
    const given = fc.constantFrom('大文', '家欣', '敏', '子晴', '志強', '美玲');
    const surname = fc.constantFrom('陳', '歐陽', '司徒', '余', '黄', '諸葛', '謝');
    const latin = fc.constantFrom('CHAN', 'NG', 'AU-YEUNG', 'AU YEUNG', 'TSANG', 'ZENG', 'SZETO');
    const romanised = fc.constantFrom('Tai Man', 'Ka Yan', 'Chi Keung', 'Mei-ling');
    const english = fc.constantFrom('Peter', 'Kelly', 'Ka-lok', 'Zoe');
    const parts = fc.record({
      surnameZh: surname,
      givenZh: given,
      surnameEn: latin,
      givenEn: romanised,
      englishName: english,
    });
    fc.assert(
      fc.property(parts, fc.constantFrom('zh', 'en', 'both', 'short'), (name, kind) => {
        const { surnameZh, givenZh, ...western } = name;
        const chinese = { surnameZh, givenZh };
        if (kind === 'zh') expect(parseName(displayName(chinese))).toEqual(chinese);
        if (kind === 'en') expect(parseName(latinName(western) ?? '')).toEqual(western);
        if (kind === 'both') expect(parseName(`${chineseName(name)} ${latinName(name)}`)).toEqual(name);
        if (kind === 'short') {
          const short = { surnameEn: western.surnameEn, englishName: western.englishName };
          expect(parseName(latinName(short) ?? '')).toEqual(short);
        }
      }),
    );
  });
});

describe('finding who is meant', () => {
  const wong = { surnameZh: '黃', givenZh: '志強', surnameEn: 'WONG', givenEn: 'Chi Keung', englishName: 'Kelvin' };

  test.each([
    ['黃志強', 'full'],
    ['黄志强', 'full'],
    ['WONG Chi Keung', 'full'],
    ['chi keung wong', 'full'],
    ['kelvin wong', 'full'],
    ['黃志強 Kelvin', 'full'],
    ['志强', 'given'],
    ['Kelvin', 'given'],
    ['黃生', 'address'],
    ['黄先生', 'address'],
    ['強哥', 'address'],
    ['阿強', 'address'],
    ['Mr Wong', 'address'],
    ['黃Sir', 'address'],
    ['黃志明', undefined],
    ['Wong', undefined],
    ['志', undefined],
  ])('%s', (typed, how) => {
    expect(matchName(typed, wong)).toBe(how);
  });

  test('a name without surname is found by any of its parts', () => {
    expect(matchName('maria', parseName('Maria Santos'))).toBe('given');
    expect(matchName('Santos', parseName('Maria Santos'))).toBe('given');
  });

  test('variants that Hong Kong writes for one another fit', () => {
    for (const [a, b] of ['鍾鐘', '衞衛', '溫温', '恒恆', '峯峰', '黃黄', '陈陳', '钟鐘', '钟鍾'].map((pair) => [
      ...pair,
    ])) {
      expect(foldName(a!)).toBe(foldName(b!));
    }
    expect(foldName('陳')).not.toBe(foldName('程'));
  });

  test('every way to show a name finds the person again', () => {
    for (const text of [displayName(wong), latinName(wong) ?? '']) expect(matchName(text, wong)).toBe('full');
  });

  test('a name the person asked to be called by is known too', () => {
    expect(matchName('肥強', wong, ['肥強'])).toBe('given');
  });
});

describe('salutation', () => {
  const chan: SalutationInput = { surnameZh: '陳', givenZh: '大文', surnameEn: 'CHAN', givenEn: 'Tai Man' };
  const rows: [SalutationInput, SalutationForm, string][] = [
    [{ ...chan, title: '先生' }, 'formal', '陳先生'],
    [{ ...chan, title: '小姐', preferredName: 'Kelly' }, 'formal', '陳小姐'],
    [{ ...chan, title: '小姐', preferredName: 'Kelly' }, 'warm', 'Kelly'],
    [{ ...chan, preferredName: '大文' }, 'warm', '大文'],
    [{ ...chan, englishName: 'Kelly' }, 'formal', 'Kelly'],
    [{ ...chan, title: '同學' }, 'warm', '陳同學'],
    [{ ...chan, title: '先生' }, 'letter', '陳大文先生'],
    [{ ...chan, title: '先生' }, 'warm', '陳先生'],
    [chan, 'formal', ''],
    [chan, 'warm', ''],
    [{ husbandSurnameZh: '陳', surnameZh: '張', givenZh: '美玲', title: '女士' }, 'formal', '張女士'],
    [{ husbandSurnameZh: '陳', surnameZh: '張', givenZh: '美玲', title: '太太' }, 'formal', '陳太太'],
    [{ surnameEn: 'AU YEUNG', title: '先生' }, 'formal', 'Au Yeung先生'],
    [{ givenEn: 'Maria Santos' }, 'formal', ''],
  ];
  test.each(rows)('%j %s', (person, form, greeting) => {
    expect(salutation(person, form)).toBe(greeting);
  });

  test('a space stands behind a Latin ending only', () => {
    expect([withGap('陳先生'), withGap('Kelly'), withGap('')]).toEqual(['陳先生', 'Kelly ', '']);
  });

  test('a given name is never cut from the record, and the full name never stands alone', () => {
    const titles = fc.option(fc.constantFrom('先生', '小姐', '女士', '同學'), { nil: undefined });
    fc.assert(
      fc.property(titles, fc.constantFrom('formal', 'warm'), (title, form) => {
        const greeting = salutation(
          { ...chan, ...(title ? { title } : {}) } as SalutationInput,
          form as SalutationForm,
        );
        expect(greeting).not.toContain('大文');
        expect(greeting).not.toMatch(/tai man/i);
      }),
    );
  });
});
