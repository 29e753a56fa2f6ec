/** One step of the tour: something typed or tapped on the manager's phone, and what the robot then says. */
export interface TourStep {
  types?: string;
  taps?: string;
  answer: RegExp;
  /** Under which name the phones are photographed once the answer is there; 390: the narrow screen. */
  picture?: { name: string; width: 1280 | 390 };
}

/** The tour of docs/understanding-tour.md: a store manager in a hurry, on a Monday morning in Mong Kok. */
export const TOUR: readonly TourStep[] = [
  { types: '早晨 今日有邊個嚟見工', answer: /11月23日（星期一）沒有面試/ },
  { types: '蘇曉晴點呀', answer: /蘇曉晴（A1011）.*已入圍/s },
  { types: '約佢聽日見', answer: /約面試 蘇曉晴 11月24日（星期二）：請問幾點/ },
  { types: '4點半', answer: /已約 蘇曉晴 於11月24日（星期二）下午4時30分/ },
  {
    types: '打錯,係5點',
    answer: /我理解為「改期」，對嗎.*下午5時/s,
    picture: { name: 'understanding-missing-pieces-1280.png', width: 1280 },
  },
  { taps: '確認', answer: /已約 蘇曉晴 於11月24日（星期二）下午5時/ },
  { types: 'PASS!戴俊宏好掂', answer: /批准 戴俊宏（A1020/ },
  {
    types: '唔係,係傅天佑',
    answer: /批准 傅天佑（A1022/,
    picture: { name: 'understanding-shown-first-390.png', width: 390 },
  },
  { types: 'ok', answer: /已批准 傅天佑 通過面試/ },
  { types: '余采盈太老喇 唔要', answer: /年齡不能用來取捨應徵者/ },
  { types: '未試過企樓面', answer: /請寫一個真心欣賞之處/ },
  {
    types: '待客有禮,做事爽手',
    answer: /內部原因（不會寫入信件）：未試過企樓面.*待客有禮,做事爽手/s,
    picture: { name: 'understanding-refusal-1280.png', width: 1280 },
  },
  { types: '等等先', answer: /「婉拒 余采盈」仍等您確認/ },
  { types: '確認', answer: /已婉拒 余采盈/ },
  { types: 'push 曉晴 to fri 3pm', answer: /蘇曉晴: interview \(round 1\) on Fri 27 Nov, 3:00 pm/ },
  { types: '鍾文軒先hold住,黃子軒入圍', answer: /已擱置 鍾文軒.*黃子軒 已入圍/s },
  {
    types: '俾傅天佑8分',
    answer: /我未能記錄評分，所以未有執行/,
    picture: { name: 'understanding-several-1280.png', width: 1280 },
  },
  {
    types: '你點理解?',
    answer: /評分：傅天佑.*我的回覆/s,
    picture: { name: 'understanding-how-read-390.png', width: 390 },
  },
  { types: '唔該晒', answer: /不用客氣/ },
];
