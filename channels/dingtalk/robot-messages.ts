import type { CallClass, ChatBody, ReadState, SendAnswer } from '../channel.ts';
import { answerOfFailure, callFailureOf } from './call-failure.ts';
import { MOST_MESSAGE_BYTES, robotMessageOf } from './chat-body.ts';
import type { DingTalkCaller } from './dingtalk-caller.ts';
import type { GovernedCall } from './governor.ts';
import type { SdkClients } from './sdk-clients.ts';
import { robot } from './sdk-products.ts';

/** DingTalk: "Send one-on-one messages in batches": 20 people per call. */
const MOST_RECIPIENTS = 20;
/** A flow-controlled person can be tried again then; DingTalk publishes no figure. */
const FLOW_CONTROL_RETRY_MS = 60_000;
const READ_PAGE = 200;
const MOST_READ_PAGES = 10;

export interface RobotMessagesParts {
  sdk: SdkClients;
  caller: DingTalkCaller;
  robotCode: string;
}

/** Messages that the robot sends by itself: to people one to one, and to groups. */
export class RobotMessages {
  readonly #sdk: SdkClients;
  readonly #caller: DingTalkCaller;
  readonly #robotCode: string;

  constructor(parts: RobotMessagesParts) {
    this.#sdk = parts.sdk;
    this.#caller = parts.caller;
    this.#robotCode = parts.robotCode;
  }

  /** Answers person by person, in the order given. `providerId` is the platform's key of the whole call. */
  async sendDirect(staffIds: readonly string[], body: ChatBody, callClass: CallClass): Promise<SendAnswer[]> {
    const message = robotMessageOf(body);
    const tooLong = tooLongAnswer(message.msgParam);
    if (tooLong) return staffIds.map(() => tooLong);
    const answers = new Map<string, SendAnswer>();
    const people = [...new Set(staffIds)];
    for (let at = 0; at < people.length; at += MOST_RECIPIENTS) {
      const batch = people.slice(at, at + MOST_RECIPIENTS);
      for (const [staffId, answer] of await this.#sendBatch(batch, message, callClass)) answers.set(staffId, answer);
    }
    return staffIds.map((staffId) => answers.get(staffId) ?? { outcome: 'uncertain', detail: 'no answer' });
  }

  async #sendBatch(
    userIds: string[],
    message: { msgKey: string; msgParam: string },
    callClass: CallClass,
  ): Promise<Map<string, SendAnswer>> {
    const request = new robot.BatchSendOTORequest({ ...message, robotCode: this.#robotCode, userIds });
    let body: InstanceType<typeof robot.BatchSendOTOResponseBody> | undefined;
    try {
      ({ body } = await this.#caller.call(billed('robot.batchSendOTO', callClass), (token) =>
        this.#sdk.robot.batchSendOTOWithOptions(
          request,
          new robot.BatchSendOTOHeaders({ xAcsDingtalkAccessToken: token }),
          this.#sdk.runtime,
        ),
      ));
    } catch (error) {
      const answer = answerOfFailure(error, false);
      return new Map(userIds.map((staffId) => [staffId, answer]));
    }
    const invalid = new Set(body?.invalidStaffIdList);
    const controlled = new Set(body?.flowControlledStaffIdList);
    const providerId = body?.processQueryKey;
    return new Map(
      userIds.map((staffId): [string, SendAnswer] => {
        if (invalid.has(staffId)) {
          const detail = 'invalidStaffIdList: not in the organisation or outside the application’s range';
          return [staffId, { outcome: 'refused', kind: 'recipient_invalid', retryAfterMs: null, detail }];
        }
        if (controlled.has(staffId)) {
          const detail = 'flowControlledStaffIdList';
          return [staffId, { outcome: 'refused', kind: 'throttled', retryAfterMs: FLOW_CONTROL_RETRY_MS, detail }];
        }
        if (!providerId) return [staffId, { outcome: 'uncertain', detail: 'an answer without processQueryKey' }];
        return [staffId, { outcome: 'accepted', providerId }];
      }),
    );
  }

  async sendGroup(conversationId: string, body: ChatBody, callClass: CallClass): Promise<SendAnswer> {
    const message = robotMessageOf(body);
    const tooLong = tooLongAnswer(message.msgParam);
    if (tooLong) return tooLong;
    const request = new robot.OrgGroupSendRequest({
      ...message,
      robotCode: this.#robotCode,
      openConversationId: conversationId,
    });
    try {
      const answer = await this.#caller.call(billed('robot.orgGroupSend', callClass), (token) =>
        this.#sdk.robot.orgGroupSendWithOptions(
          request,
          new robot.OrgGroupSendHeaders({ xAcsDingtalkAccessToken: token }),
          this.#sdk.runtime,
        ),
      );
      const key = answer.body?.processQueryKey;
      if (!key) return { outcome: 'uncertain', detail: 'an answer without processQueryKey' };
      return { outcome: 'accepted', providerId: groupProviderId(conversationId, key) };
    } catch (error) {
      return answerOfFailure(error, false);
    }
  }

  /**
   * Who has read a message, by the `providerId` it was accepted with. Empty when the platform does not know (yet, or any
   * more: it keeps this for 24 hours). For a group only readers are listed. @throws CallFailure when it cannot be asked.
   */
  async readState(providerId: string): Promise<Map<string, ReadState>> {
    const group = groupOfProviderId(providerId);
    try {
      return group ? await this.#groupReaders(group.conversationId, group.key) : await this.#directReaders(providerId);
    } catch (error) {
      if (callFailureOf(error).kind === 'bad_request') return new Map();
      throw error;
    }
  }

  async #directReaders(processQueryKey: string): Promise<Map<string, ReadState>> {
    const request = new robot.BatchOTOQueryRequest({ processQueryKey, robotCode: this.#robotCode });
    const { body } = await this.#caller.call(billed('robot.batchOTOQuery', 'normal'), (token) =>
      this.#sdk.robot.batchOTOQueryWithOptions(
        request,
        new robot.BatchOTOQueryHeaders({ xAcsDingtalkAccessToken: token }),
        this.#sdk.runtime,
      ),
    );
    const states = new Map<string, ReadState>();
    for (const info of body?.messageReadInfoList ?? []) {
      if (info.userId) states.set(info.userId, readStateOf(info.readStatus));
    }
    return states;
  }

  async #groupReaders(openConversationId: string, processQueryKey: string): Promise<Map<string, ReadState>> {
    const readers = new Map<string, ReadState>();
    let nextToken = '';
    for (let page = 0; page < MOST_READ_PAGES; page += 1) {
      const request = new robot.OrgGroupQueryRequest({
        openConversationId,
        processQueryKey,
        robotCode: this.#robotCode,
        maxResults: READ_PAGE,
        ...(nextToken ? { nextToken } : {}),
      });
      const { body } = await this.#caller.call(billed('robot.orgGroupQuery', 'normal'), (token) =>
        this.#sdk.robot.orgGroupQueryWithOptions(
          request,
          new robot.OrgGroupQueryHeaders({ xAcsDingtalkAccessToken: token }),
          this.#sdk.runtime,
        ),
      );
      for (const userId of body?.readUserIds ?? []) readers.set(userId, 'read');
      if (!body?.hasMore || !body.nextToken || body.nextToken === nextToken) break;
      nextToken = body.nextToken;
    }
    return readers;
  }

  /** The short-lived address of a file that somebody sent. @throws CallFailure when the code is wrong or has expired. */
  async downloadUrl(downloadCode: string): Promise<string> {
    const request = new robot.RobotMessageFileDownloadRequest({ downloadCode, robotCode: this.#robotCode });
    const { body } = await this.#caller.call(billed('robot.messageFileDownload', 'reply'), (token) =>
      this.#sdk.robot.robotMessageFileDownloadWithOptions(
        request,
        new robot.RobotMessageFileDownloadHeaders({ xAcsDingtalkAccessToken: token }),
        this.#sdk.runtime,
      ),
    );
    if (!body?.downloadUrl) throw callFailureOf(new Error('an answer without downloadUrl'));
    return body.downloadUrl;
  }
}

function billed(api: string, callClass: CallClass): GovernedCall {
  return { api, callClass, bills: 'calls' };
}

function tooLongAnswer(msgParam: string): SendAnswer | undefined {
  const bytes = Buffer.byteLength(msgParam);
  if (bytes <= MOST_MESSAGE_BYTES) return undefined;
  // The platform would accept it and show nothing.
  const detail = `too long: ${bytes} bytes of ${MOST_MESSAGE_BYTES}`;
  return { outcome: 'refused', kind: 'bad_request', retryAfterMs: null, detail };
}

/** One tester saw it in lower case. */
function readStateOf(text: string | undefined): ReadState {
  const state = text?.toUpperCase();
  return state === 'READ' ? 'read' : state === 'UNREAD' ? 'unread' : 'unknown';
}

/** Group messages can only be asked about together with their conversation. */
function groupProviderId(conversationId: string, key: string): string {
  return `group ${conversationId} ${key}`;
}

function groupOfProviderId(providerId: string): { conversationId: string; key: string } | undefined {
  const [kind, conversationId, key] = providerId.split(' ');
  return kind === 'group' && conversationId && key ? { conversationId, key } : undefined;
}
