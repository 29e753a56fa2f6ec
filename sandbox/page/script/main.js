import { CandidatePhone } from './candidate-phone.js';
import { ClockBar } from './clock-bar.js';
import { sentenceOf } from './control.js';
import { Directory } from './directory.js';
import { button, element } from './element.js';
import { Live } from './live.js';
import { PhoneSwitch } from './phone-switch.js';
import { PlatformDrawer } from './platform-drawer.js';
import { StaffPhone } from './staff-phone.js';
import { Toasts } from './toasts.js';
import { WalkThrough } from './walk-through.js';

const PHONES = [
  { name: 'hr', title: '人力資源' },
  { name: 'manager', title: '經理' },
  { name: 'candidate', title: '應徵者' },
];

const top = document.getElementById('top');
const main = document.getElementById('main');
const toasts = new Toasts();
const onTrouble = (text) => toasts.show(text);
const live = new Live();
const directory = new Directory(live);
const clock = new ClockBar({ live, onTrouble });

let phoneSwitch;
const parts = { live, directory, onTrouble };
const news = (name) => (count) => phoneSwitch?.setBadge(name, count);
const phones = {
  hr: new StaffPhone({
    ...parts,
    name: 'hr',
    title: '人力資源',
    label: '選擇人力資源同事',
    first: 'hr-carmen',
    groups: () => directory.hr(),
    onNews: news('hr'),
  }),
  manager: new StaffPhone({
    ...parts,
    name: 'manager',
    title: '經理',
    label: '選擇經理',
    first: 'mgr-06',
    groups: () => directory.managers(),
    onNews: news('manager'),
  }),
  candidate: new CandidatePhone({ ...parts, onNews: news('candidate') }),
};

phoneSwitch = new PhoneSwitch({ main, phones: PHONES, onShown: (name) => phones[name].refresh() });
const walk = new WalkThrough({ live, directory, clock, phones, phoneSwitch, onTrouble });
const drawer = new PlatformDrawer({ live, onTrouble });

top.append(
  clock.node,
  element(
    'div',
    { class: 'top-buttons' },
    button('三分鐘導覽', { class: 'walk-button', onclick: () => walk.toggle() }),
    drawer.opener,
  ),
);
main.append(walk.node, ...PHONES.map(({ name }) => phones[name].phone.node));
document.body.append(phoneSwitch.node, drawer.node, toasts.node);

const lost = element('p', { class: 'lost', role: 'alert', hidden: true }, '和沙盒失去聯絡，正在重試……');
top.prepend(lost);
live.on('connection', ({ open }) => {
  lost.hidden = open;
});

try {
  await Promise.all([directory.load(), clock.load()]);
  await Promise.all(Object.values(phones).map((phone) => phone.start()));
  await walk.start();
} catch (error) {
  onTrouble(sentenceOf(error));
}
document.body.dataset.ready = 'true';
