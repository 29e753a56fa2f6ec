import { get } from './control.js';

const HR_ROLES = ['hr_manager', 'recruiter', 'hr_director'];
const ROLE_WORDS = {
  hr_manager: '人力資源經理',
  recruiter: '招聘同事',
  hr_director: '人力資源總監',
  hiring_manager: '分店經理',
  superior: '區域經理',
  interviewer: '面試官及其他同事',
};

/** Only digits count, and 852 in front does not. */
export function phoneKey(phone) {
  const digits = phone.replace(/\D/g, '');
  return digits.length === 11 && digits.startsWith('852') ? digits.slice(3) : digits;
}

/** 6123 9901 */
export function phoneText(phone) {
  const key = phoneKey(phone);
  return key.length === 8 ? `${key.slice(0, 4)} ${key.slice(4)}` : phone;
}

/** Everybody there is: members by what they do, candidates, and numbers that got a text message but have no name. */
export class Directory extends EventTarget {
  #people = [];
  #strangers = [];
  #owners = new Map();
  #lastTexted;

  constructor(live) {
    super();
    for (const type of ['people', 'missed', 'reset']) live.on(type, () => this.load());
    live.on('sms', ({ to, from }) => {
      const isNew = [to, from].some((number) => phoneKey(number).length === 8 && !this.byPhone(number));
      if (isNew) this.load();
    });
  }

  async load() {
    const [people, texts] = await Promise.all([get('/people'), get('/sms')]);
    this.#people = people.filter(({ hasLeft }) => !hasLeft);
    const known = new Set(people.map(({ phone }) => phoneKey(phone)));
    const numbers = texts.map(({ direction, to, from }) => phoneKey(direction === 'outgoing' ? to : from));
    this.#strangers = [...new Set(numbers)]
      .filter((number) => number.length >= 8 && !known.has(number))
      .map((number) => ({ id: `tel-${number}`, name: phoneText(number), phone: number, email: '', role: 'candidate' }));
    this.#lastTexted = texts.findLast(({ direction }) => direction === 'outgoing')?.to;
    this.dispatchEvent(new CustomEvent('changed'));
  }

  byId(id) {
    return [...this.#people, ...this.#strangers].find((person) => person.id === id);
  }

  byPhone(phone) {
    const key = phoneKey(phone);
    return key === '' ? undefined : [...this.#people, ...this.#strangers].find((one) => phoneKey(one.phone) === key);
  }

  byEmail(address) {
    return this.#people.find(({ email }) => email !== '' && email.toLowerCase() === address.toLowerCase());
  }

  /** Groups for the HR phone's list. */
  hr() {
    return groups(this.#people.filter((one) => one.staffId && HR_ROLES.includes(one.role)));
  }

  /** Groups for the manager's list: every other member. */
  managers() {
    return groups(this.#people.filter((one) => one.staffId && !HR_ROLES.includes(one.role)));
  }

  candidates() {
    const named = this.#people.filter((one) => !one.staffId);
    return [
      { label: '應徵者', people: named },
      { label: '其他收過短訊的號碼', people: this.#strangers },
    ].filter(({ people }) => people.length > 0);
  }

  /** Who got the newest text message, if anybody did. */
  lastTexted() {
    return this.#lastTexted && this.byPhone(this.#lastTexted);
  }

  /** Whose one-to-one chat this is; undefined for groups. */
  async ownerOf(conversationId) {
    if (!this.#owners.has(conversationId)) {
      for (const { id, kind, members } of await get('/conversations')) {
        this.#owners.set(id, kind === 'direct' ? members[0] : undefined);
      }
    }
    return this.#owners.get(conversationId);
  }
}

function groups(people) {
  const labels = [...new Set(people.map(({ role }) => ROLE_WORDS[role] ?? '其他同事'))];
  const order = [...Object.values(ROLE_WORDS), '其他同事'];
  return labels
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((label) => ({ label, people: people.filter(({ role }) => (ROLE_WORDS[role] ?? '其他同事') === label) }));
}
