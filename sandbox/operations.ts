import { eventOperations } from './calendar/event-operations.ts';
import { querySchedule } from './calendar/free-busy.ts';
import { roomOperations } from './calendar/meeting-rooms.ts';
import { appendSpace, createAndDeliverCard, createCard, deliverCard } from './card/create-card.ts';
import { registerCallback, updateCard } from './card/update-card.ts';
import { contactUser, searchDepartments, searchUsers } from './contact/contact-operations.ts';
import { legacyContactOperations } from './contact/legacy-contact.ts';
import { uploadMedia } from './contact/media-upload.ts';
import type { Operation } from './http/operation.ts';
import { accessToken, corpToken, legacyToken } from './organisation/token-operations.ts';
import { batchSend } from './robot/batch-send.ts';
import { downloadMessageFile } from './robot/downloads.ts';
import { groupSend } from './robot/group-send.ts';
import { directReadStatus, directRecall, groupReadStatus, groupRecall } from './robot/read-status.ts';
import { sendBySession } from './robot/session-webhooks.ts';
import { sendSms, smsInbox, smsStatus } from './sms/sms-gateway.ts';
import { openConnection } from './stream/open-connection.ts';

/** Every operation of the Open Platform and the SMS gateway that this sandbox has; anything else is a 404. */
export const OPERATIONS: readonly Operation[] = [
  accessToken,
  corpToken,
  legacyToken,
  openConnection,
  batchSend,
  directReadStatus,
  directRecall,
  groupSend,
  groupReadStatus,
  groupRecall,
  downloadMessageFile,
  sendBySession,
  createAndDeliverCard,
  createCard,
  deliverCard,
  appendSpace,
  updateCard,
  registerCallback,
  ...eventOperations,
  querySchedule,
  ...roomOperations,
  contactUser,
  searchUsers,
  searchDepartments,
  ...legacyContactOperations,
  uploadMedia,
  sendSms,
  smsStatus,
  smsInbox,
];
