import { get, post, remove, sentenceOf } from './control.js';
import { button, element, settleDown } from './element.js';
import { timeText } from './hong-kong-time.js';

const LINES = 30;

/** What the platform sees of the application, and ways to make its life hard. */
export class PlatformDrawer {
  node;
  opener;
  #onTrouble;
  #light = element('span', { class: 'light', 'aria-hidden': 'true' });
  #stream = element('p', { class: 'platform-stream' });
  #quota = element('dl', { class: 'platform-quota' });
  #log = element('ol', { class: 'platform-log', tabindex: '0', 'aria-label': '線上紀錄' });
  #faults = element('p', { class: 'platform-faults', role: 'status' });
  #isOpen = false;

  constructor({ live, onTrouble }) {
    this.#onTrouble = onTrouble;
    this.opener = button('平台狀況', {
      class: 'platform-button',
      'aria-expanded': 'false',
      'aria-controls': 'platform',
      onclick: () => this.toggle(),
    });
    this.opener.prepend(this.#light);
    this.node = element(
      'aside',
      {
        class: 'platform',
        id: 'platform',
        hidden: true,
        'aria-labelledby': 'platform-title',
        onkeydown: (event) => event.key === 'Escape' && this.toggle(),
      },
      element(
        'header',
        {},
        element('h2', { id: 'platform-title' }, '平台狀況'),
        button('×', { class: 'platform-close', 'aria-label': '收起平台狀況', onclick: () => this.toggle() }),
      ),
      this.#stream,
      this.#quota,
      element('h3', {}, '製造故障'),
      element(
        'div',
        { class: 'platform-buttons' },
        ...FAULTS.map(({ label, hint, make }) =>
          button(label, { title: hint, onclick: () => this.#make(label, make) }),
        ),
      ),
      this.#faults,
      this.#reset(),
      element('h3', {}, `最近${LINES}項來往`),
      this.#log,
    );
    const look = settleDown(() => this.#look(), 300);
    for (const type of ['log', 'missed', 'reset']) live.on(type, () => this.#isOpen && look());
    live.on('stream', () => this.#lookAtStream());
    live.on('missed', () => this.#lookAtStream());
    this.#lookAtStream();
  }

  toggle() {
    this.#isOpen = !this.#isOpen;
    this.node.hidden = !this.#isOpen;
    this.opener.setAttribute('aria-expanded', String(this.#isOpen));
    if (this.#isOpen) {
      this.#look();
      this.node.querySelector('.platform-close').focus();
    } else this.opener.focus();
  }

  /** Emptying the phones cannot be taken back: it is asked twice. */
  #reset() {
    const ask = button('清空所有手機……', { class: 'link-button', onclick: () => show(true) });
    const sure = element(
      'div',
      { class: 'platform-sure', hidden: true },
      element('p', {}, '所有對話、卡片、短訊和電郵會消失，時間不變。招聘助手自己的資料不會清空，但它會找不到舊卡片。'),
      button('確定清空', {
        class: 'button-danger',
        onclick: () => this.#make('清空手機', () => post('/reset')).then(() => show(false)),
      }),
      button('取消', { onclick: () => show(false) }),
    );
    const show = (isAsking) => {
      sure.hidden = !isAsking;
      ask.hidden = isAsking;
      (isAsking ? sure.querySelector('button:last-child') : ask).focus();
    };
    return element('div', {}, ask, sure);
  }

  async #make(label, make) {
    try {
      await make();
      this.#faults.textContent = `已做：${label}`;
      await this.#look();
    } catch (error) {
      this.#onTrouble(sentenceOf(error));
    }
  }

  async #lookAtStream() {
    try {
      const { connections } = await get('/stream');
      const good = connections.filter(({ isHalfOpen, isLeaving }) => !isHalfOpen && !isLeaving).length;
      const state = good > 0 ? '已連線' : connections.length > 0 ? '連線半開（不收不發）' : '未連線';
      this.#light.className = `light ${good > 0 ? 'light-good' : 'light-bad'}`;
      this.#stream.textContent = `招聘助手的串流：${state}`;
      this.opener.title = `串流${state}`;
    } catch (error) {
      this.#light.className = 'light light-bad';
      this.#stream.textContent = sentenceOf(error);
    }
  }

  async #look() {
    try {
      const [quota, { entries }, { faults }] = await Promise.all([
        get('/quota'),
        get(`/log?last=${LINES}`),
        get('/faults'),
        this.#lookAtStream(),
      ]);
      this.#quota.replaceChildren(
        ...meter('本月API調用', quota.calls, quota.limits.calls),
        ...meter('本月串流及Webhook訊息', quota.messages, quota.limits.messages),
      );
      this.#log.replaceChildren(...entries.reverse().map(lineOf));
      if (faults.length > 0) this.#faults.textContent = `有${faults.length}項故障等着發生。`;
    } catch (error) {
      this.#onTrouble(sentenceOf(error));
    }
  }
}

const FAULTS = [
  { label: '截斷串流', hint: '不說一聲就斷線', make: () => post('/stream', { do: 'cut' }) },
  { label: '串流半開30秒', hint: '不斷線，但不收不發', make: () => post('/stream', { do: 'half-open', seconds: 30 }) },
  { label: '斷線並拒連30秒', hint: '斷線，其後30秒不准連線', make: () => post('/stream', { do: 'cut', seconds: 30 }) },
  {
    label: '下一則訊息失敗',
    hint: '機械人下一次發一對一訊息會收到503',
    make: () => post('/faults', { path: '/v1.0/robot/oToMessages/batchSend', times: 1, status: 503 }),
  },
  {
    label: '用盡本月額度',
    hint: '上限降到已用的數目',
    make: async () => {
      const { calls, messages } = await get('/quota');
      await post('/quota', { limit: { calls, messages } });
    },
  },
  {
    label: '清除所有故障',
    hint: '額度、連線和其他一切回復正常',
    make: async () => {
      await remove('/faults');
      await post('/stream', { do: 'allow' });
      await post('/quota', { limit: { calls: 5000, messages: 3000 } });
    },
  },
];

function meter(label, used, limit) {
  return [
    element('dt', {}, label),
    element(
      'dd',
      {},
      element('meter', { min: 0, max: Math.max(limit, 1), high: limit * 0.8, value: used, 'aria-label': label }),
      ` ${used}／${limit}`,
    ),
  ];
}

function lineOf(entry) {
  const isBad = entry.violation !== undefined || Number(entry.status) >= 400;
  return element(
    'li',
    { class: entry.violation ? 'log-violation' : isBad ? 'log-failed' : '' },
    element('span', { class: 'log-when' }, timeText(new Date(entry.at))),
    element(
      'span',
      { class: 'log-way', title: entry.direction === 'in' ? '由招聘助手發出' : '由平台發出' },
      entry.direction === 'in' ? '→' : '←',
    ),
    element('span', { class: 'log-name' }, `${entry.kind} ${entry.name}`),
    element('span', { class: 'log-status' }, `${entry.status}${entry.ackMs === undefined ? '' : ` ${entry.ackMs}ms`}`),
    entry.violation ? element('span', { class: 'log-why' }, `違規：${entry.violation}`) : undefined,
  );
}
