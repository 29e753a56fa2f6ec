import { DWClient, TOPIC_ROBOT } from 'dingtalk-stream';

/** What the bare SDK needs to be pointed at another platform. */
interface Addressed {
  dw_url?: string;
}

// The SDK writes its progress with console.info; standard output belongs to the figures.
console.info = console.error;

/** The smallest robot there is on DingTalk's own SDK: it answers every message with its text. */
export async function startEchoBot(
  origin: string,
  credentials: { clientId: string; clientSecret: string },
): Promise<{ stop(): void }> {
  class LocalClient extends DWClient {
    override async getEndpoint(): Promise<this> {
      const response = await fetch(`${origin}/v1.0/gateway/connections/open`, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify({ ...credentials, ua: '', subscriptions: [{ type: 'CALLBACK', topic: TOPIC_ROBOT }] }),
      });
      const { endpoint, ticket } = (await response.json()) as { endpoint: string; ticket: string };
      (this as unknown as Addressed).dw_url = `${endpoint}?ticket=${ticket}`;
      return this;
    }
  }
  const client = new LocalClient({ ...credentials, debug: false });
  client.registerCallbackListener(TOPIC_ROBOT, async (frame) => {
    client.socketCallBackResponse(frame.headers.messageId, null);
    const message = JSON.parse(frame.data) as { sessionWebhook: string; text: { content: string } };
    await fetch(message.sessionWebhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ msgtype: 'text', text: { content: message.text.content.trim() } }),
    });
  });
  await client.connect();
  return { stop: () => client.disconnect() };
}
