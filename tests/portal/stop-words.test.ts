import { describe, expect, test } from 'vitest';
import { readStop } from '../../recruiting/candidate/stop-words.ts';

describe('a stop in any words', () => {
  test.for([
    '停止',
    '停止。',
    '唔該停止',
    '停止接收',
    'STOP',
    'Stop!',
    'stop pls',
    'STOP STOP',
    'ＳＴＯＰ',
    'TD',
    'T.D.',
    '退訂',
    '退订',
    '我要退訂',
    '取消訂閱',
    'unsubscribe',
    'Please unsubscribe me',
    'how do I unsubscribe?',
    'opt out',
    '唔好再send嚟',
    '唔好再send訊息俾我',
    '唔想再收到你哋嘅訊息',
    '請不要再發訊息給我',
    '別再发短信给我',
    'stop sending me messages',
    '本人不欲再接收通知',
    '5好再send野黎',
    'del咗我個no',
    '由group度踢我走啦',
    '一日收三個 太多 停咗佢',
    '上次講過唔收 點解仲有 請停',
    '唔好再聯絡 我份CV同身份證副本都要銷毀',
    '以后的消息就不麻烦你们啦',
    'so no need to write me anymore ok?',
    'Bloody spam. Stop it you idiots',
    'hi, I found a job. no more messages please',
  ])('%s: what nobody needs for a date', (text) => {
    expect(readStop(text)).toBe('nudges');
  });

  test.for([
    '唔使再搵我',
    '唔使再搵我喇，我搵到工',
    '多謝你哋咁好人，不過唔使再搵我啦',
    '咪再煩我',
    '不要再聯絡我',
    'remove my number',
    'pls remove my phone number from your list',
    'take me off your list',
    'dont contact me again',
    'leave me alone',
    '全部停止',
    'stop all',
  ])('%s: everything', (text) => {
    expect(readStop(text)).toBe('all');
  });

  test.for([
    '見工會嚟,公司消息唔使再傳',
    '星期六我會到,不過啲故事仔唔好再send俾我',
    '同事故事唔使再send',
    '謝絕推廣',
    '優惠同活動唔使通知我',
    'I will come po, but the news things no need send',
    '請停止發送公司消息',
    'stop sending me news',
  ])('%s: only what it names', (text) => {
    expect(readStop(text)).toBe('news');
  });
});

test.for([
  '我停咗之前份工',
  '我部電話啱啱攞返嚟用',
  '退訂咗仲收唔收到返工通知',
  '我停左上份工先',
  '上一份工停咗',
  '我已經停止讀書',
  'I stopped working last month',
  'non-stop',
  'I can work non-stop',
  '不停咁搵工',
  '唔係想退訂',
  '唔係想退訂，只係想問下',
  'I do not want to unsubscribe',
  "don't stop",
  '唔使停',
  '係咪喺巴士站停',
  'the last stop of the bus',
  '停車場喺邊',
  'can I stop by your shop',
  'TDK',
  '唔使再帶其他文件？',
  '係咪唔使再寄cv？',
  '不用再交文件嗎',
  '唔好聯絡我前僱主住',
  '唔好搵我太太',
  '6點前唔好搵我',
  "please don't call me before 6pm",
  '我搵到地址喇',
  '可唔可以改期',
  '我想取消面試',
  '我唔嚟喇',
  'thanks a lot for the reminder',
  '公司有冇消息',
  '幾時培訓',
  '',
])('%s is no stop', (text) => {
  expect(readStop(text)).toBeUndefined();
});
