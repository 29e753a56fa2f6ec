/** Surnames, for reading typed names. Lists of habit, not of law: a name outside them is kept as typed. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Two-character surnames, Traditional and Simplified. */
export const COMPOUND_SURNAMES = words(
  '歐陽 欧阳 司徒 上官 諸葛 诸葛 皇甫 司馬 司马 尉遲 尉迟 公孫 公孙 慕容 令狐 端木 夏侯 東方 东方 西門 西门 南宮 南宫 獨孤 独孤 鍾離 宇文 長孫 长孙 軒轅 轩辕 申屠 呼延 澹臺 万俟 聞人 濮陽 淳于 單于 太叔',
);

/** Frequent one-character surnames: only to see that a name begins with two of them (a married woman's 陳張美玲). */
export const COMMON_SURNAMES = new Set(
  '陳黃黄李張张梁林王吳吴劉刘鄭郑何羅罗周葉叶馮冯蔡曾楊杨許许徐朱鄧邓鍾钟謝谢蘇苏潘杜麥麦盧卢余郭胡莫溫温方彭廖鄺邝趙赵馬马龍龙孔姚譚谭薛唐丘邱石蕭萧關关岑簡简歐欧倪魏翁霍洪韋韦袁湯汤葛連连戴江施范沈',
);

/** Romanised surnames usual in Hong Kong and of pinyin names, lower case. */
export const ROMANISED_SURNAMES: ReadonlySet<string> = new Set([
  'au yeung',
  'sze to',
  'ou yang',
  'si tu',
  ...words(
    'au au-yeung auyeung chan chau chen cheng cheong cheuk cheung chiang chiu cho choi chong chow choy chu chui chun chung fan fok fong fu fung ha hau he ho hon hong hu huang hui hung ip kan ko kong koo ku kung kwan kwok kwong lai lam lau law lee leung li liang lin ling liu lo lok lui luk lung ma mak man mo mok mui ng ngai ngan or pang poon pun shek shiu shum sin sit siu so soo sun suen sze sze-to szeto tai tam tan tang to tong tsang tse tsoi tsui tung wan wang wei wong woo wu xie xu yan yang yau yeung yi yim yip yiu yu yuen yung zeng zhang zhao zheng zhong zhou zhu',
  ),
]);
