import { describe, expect, test } from 'vitest';
import { told } from './told.ts';

describe('a day and its clock', () => {
  test.each([
    ['約黃志明聽日下晝3點半面試', ['聽日下晝3點半: 2026-11-24T15:30']],
    ['星期六朝早9點9', ['星期六朝早9點9: 2026-11-28T09:45']],
    ['阿May拜四嗰場早半個鐘得唔得 原本4點', ['拜四: 2026-11-26T16:00', '半個鐘: 30 earlier']],
    ['boxing day morning? fix 10:30', ['boxing day morning: 2026-12-26T10:30']],
    ['星期四五都得,朝早啦', ['星期四: 2026-11-26T09:00..2026-11-26T12:00', '五: 2026-11-27T09:00..2026-11-27T12:00']],
    ['can we do next Tue instead? after 4', ['next Tue: 2026-12-01T16:00..']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});
