import { createRequire } from 'node:module';
import type calendarModule from '@alicloud/dingtalk/dist/calendar_1_0/client.js';
import type cardModule from '@alicloud/dingtalk/dist/card_1_0/client.js';
import type oauth2Module from '@alicloud/dingtalk/dist/oauth2_1_0/client.js';
import type robotModule from '@alicloud/dingtalk/dist/robot_1_0/client.js';

// The packages are CommonJS with a default export of their own: what `import` makes of that differs between Node and
// bundlers (a class here, an object with that class there). `require` means the same everywhere. The documented entry
// `@alicloud/dingtalk/robot_1_0` would load every product (100 MB) and has no types.
const require = createRequire(import.meta.url);

export const calendar: typeof calendarModule = require('@alicloud/dingtalk/dist/calendar_1_0/client.js');
export const card: typeof cardModule = require('@alicloud/dingtalk/dist/card_1_0/client.js');
export const oauth2: typeof oauth2Module = require('@alicloud/dingtalk/dist/oauth2_1_0/client.js');
export const robot: typeof robotModule = require('@alicloud/dingtalk/dist/robot_1_0/client.js');
