/** Slips of spelling in the English words that decide how a message is read. */

/** Words worth recognising although mistyped. Short ones are too near to others. */
const KEY_WORDS =
  'interview confirm confirmed confirming reschedule rescheduled postpone salary address location available received attend attending uniform documents certificate unsubscribe message messages result results application position accepted accept decline withdraw tomorrow minutes hospital thanks sorry please cancel delayed traffic another decided interested complaint complain manager discuss consider number reminder reminders passport original company benefits bonus holiday insurance allowance overtime commission transport schedule afternoon morning appointment question remember understand received receive arrive arriving arrived problem perfect preparation prepare requirements experience'.split(
    ' ',
  );

/** Words that are no slip of a key word. */
const RIGHT =
  'decide decides deciding arrange arranged arrange arranging arriv interest interests interesting compliant receipt receiving remain remains uniformed timing transfer transfers prefer prefers preferred previous provide provided proceed presence pleased request requested require requirement respond response certain considers experienced benefit benefitted benefited bonuses insured allowances alarm attender attention avail avenue manages minute minuets mining accent adress arrived arrives attends attended cancels company compare complains confirms confined considered declined delay delays discussed discount except excepted interviewed interviewer managed managers mention morning mornings numbers passport positions postponed prepared problems questions receiver received receives remembered reminded remained reminding required sunday monday salaries shedule tonight trafficking understood uniforms withdrawn'.split(
    ' ',
  );

const KNOWN = new Set([...KEY_WORDS, ...RIGHT.filter((word) => word !== 'adress' && word !== 'shedule')]);
const BY_LETTER = new Map<string, string[]>();
for (const word of KEY_WORDS) {
  const letter = word[0] ?? '';
  BY_LETTER.set(letter, [...(BY_LETTER.get(letter) ?? []), word]);
}

/** The key word a mistyped one stands for, or undefined. The first letter is taken as typed. */
export function correctSpelling(word: string): string | undefined {
  if (word.length < 5 || word.length > 14 || KNOWN.has(word)) return undefined;
  for (const key of BY_LETTER.get(word[0] ?? '') ?? []) {
    const allowed = key.length >= 8 ? 2 : key.length >= 6 ? 1 : 0;
    if (Math.abs(key.length - word.length) <= allowed && distance(word, key, allowed) <= allowed) return key;
  }
  return undefined;
}

/** Letters to add, leave out, change or swap, up to a limit. */
function distance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}
