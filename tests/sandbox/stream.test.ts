import { once } from 'node:events';
import { describe, expect } from 'vitest';
import { WebSocket } from 'ws';
import { GROUP } from './company.ts';
import inbound from './fixtures/inbound.json' with { type: 'json' };
import { CARD, type RawFrame, RawRobot, ROBOT } from './raw-robot.ts';
import { shapeDifferences } from './same-shape.ts';
import { APP, type Desk, test, until } from './sandbox-fixture.ts';

const say = (desk: Desk, text = '你好'): Promise<{ msgId: string }> =>
  desk.control('POST', '/say', { as: 'hr', in: 'bot', text });
const msgIdOf = (frame: RawFrame): string => (JSON.parse(frame.data) as { msgId: string }).msgId;
const handshake = (url: string): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => resolve(101));
    socket.on('error', () => {});
  });

describe('registering', () => {
  test('wrong credentials are 401, an unpublished application or one in HTTP mode 400', async ({ desk }) => {
    expect(await RawRobot.register(desk.origin, { ...APP, clientSecret: 'wrong' })).toMatchObject({
      status: 401,
      code: 'authFailed',
      message: '鉴权失败',
      requestid: expect.any(String),
    });
    await desk.control('POST', `/apps/${APP.clientId}`, { published: false });
    expect((await RawRobot.register(desk.origin, APP)).status).toBe(400);
    await desk.control('POST', `/apps/${APP.clientId}`, {
      published: true,
      mode: 'http',
      callbackUrl: 'http://127.0.0.1:1/',
    });
    expect((await RawRobot.register(desk.origin, APP)).status).toBe(400);
  });

  test('a ticket opens one connection, and only for a while', async ({ desk }) => {
    const first = await RawRobot.register(desk.origin, APP);
    expect(await handshake(`${first.endpoint}?ticket=${first.ticket}`)).toBe(101);
    expect(await handshake(`${first.endpoint}?ticket=${first.ticket}`)).toBe(401);
    expect(await handshake(`${first.endpoint}?ticket=invented`)).toBe(401);
    await desk.control('POST', '/settings', { ticketSeconds: 0.000_001 });
    const late = await RawRobot.register(desk.origin, APP);
    expect(await handshake(`${late.endpoint}?ticket=${late.ticket}`)).toBe(401);
    await desk.control('POST', '/stream', { do: 'cut' });
  });

  test('an application has at most so many connections', async ({ desk }) => {
    await desk.control('POST', '/settings', { maxConnections: 1 });
    await desk.robot();
    const second = await RawRobot.register(desk.origin, APP);
    expect(await handshake(`${second.endpoint}?ticket=${second.ticket}`)).toBe(400);
  });

  test('a new connection is greeted, in frames whose data are always text', async ({ desk }) => {
    const robot = await desk.robot();
    await robot.next('CONNECTED');
    const registered = await robot.next('REGISTERED');
    expect(shapeDifferences({ ...inbound.frame, type: 'SYSTEM' }, registered)).toEqual([]);
    expect(registered.type).toBe('SYSTEM');
  });

  test('compression is agreed on when the client offers it', async ({ desk }) => {
    const robot = await desk.robot();
    expect(robot.socket.extensions).toContain('permessage-deflate');
    const long = '長'.repeat(3000);
    await say(desk, long);
    expect(JSON.parse((await robot.next(ROBOT)).data)).toMatchObject({ text: { content: long } });
  });
});

describe('delivering', () => {
  test('an unacknowledged message comes again after 60 seconds of the clock: same msgId, another messageId', async ({
    desk,
  }) => {
    const robot = await desk.robot();
    const { msgId } = await say(desk);
    const first = await robot.next(ROBOT);
    robot.ack(first, {}, 500);
    await desk.control('POST', '/clock', { by: 'PT59S' });
    expect(robot.frames.filter(({ headers }) => headers.topic === ROBOT)).toHaveLength(1);
    const moving = desk.control('POST', '/clock', { by: 'PT1S' });
    const second = await robot.next(ROBOT);
    robot.ack(second);
    await moving;
    expect([msgIdOf(first), msgIdOf(second)]).toEqual([msgId, msgId]);
    expect(second.headers.messageId).not.toBe(first.headers.messageId);
    expect(JSON.parse(second.data)).toEqual(JSON.parse(first.data));
    await desk.control('POST', '/clock', { by: 'P1D' });
    expect(robot.frames.filter(({ headers }) => headers.topic === ROBOT)).toHaveLength(2);
    expect((await desk.control('GET', '/quota')).messages, 'it counts once').toBe(1);
  });

  test('it comes again by the wire as well, when the clock stands', async ({ desk }) => {
    await desk.control('POST', '/settings', { redeliverSeconds: 0.05 });
    const robot = await desk.robot();
    const { msgId } = await say(desk);
    await robot.next(ROBOT);
    const second = await robot.next(ROBOT);
    robot.ack(second);
    expect(msgIdOf(second)).toBe(msgId);
  });

  test('it is given up after the last attempt', async ({ desk }) => {
    await desk.control('POST', '/settings', { redeliverTimes: 1 });
    await say(desk);
    await desk.control('POST', '/clock', { by: 'PT5M' });
    const statuses = (await desk.log())
      .filter(({ name, direction }) => name === ROBOT && direction === 'out')
      .map(({ status }) => status);
    expect(statuses).toEqual(['no connection', 'no connection', 'given up']);
    const robot = await desk.robot();
    await desk.control('POST', '/clock', { by: 'P1D' });
    expect(robot.frames.filter(({ headers }) => headers.topic === ROBOT)).toEqual([]);
  });

  test('what nobody was there for reaches the next connection', async ({ desk }) => {
    const { msgId } = await say(desk);
    const robot = await desk.robot();
    const moving = desk.control('POST', '/clock', { by: 'PT1M' });
    const frame = await robot.next(ROBOT);
    robot.ack(frame);
    await moving;
    expect(msgIdOf(frame)).toBe(msgId);
  });

  test('each push goes to one connection, chosen among those that subscribed', async ({ desk }) => {
    const [one, two, cardsOnly] = [await desk.robot(), await desk.robot(), await desk.robot(APP, [CARD])];
    for (const robot of [one, two]) robot.socket.on('message', (raw) => robot.ack(JSON.parse(String(raw)) as RawFrame));
    for (let count = 0; count < 40; count += 1) await say(desk, `第${count}句`);
    await desk.control('POST', '/settle', {});
    const counts = [one, two, cardsOnly].map(
      (robot) => robot.frames.filter(({ headers }) => headers.topic === ROBOT).length,
    );
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(40);
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[1]).toBeGreaterThan(0);
    expect(counts[2]).toBe(0);
  });

  test('another application has its own messages, by its name in a group', async ({ desk }) => {
    const other = await desk.control<{ clientId: string; clientSecret: string; robotCode: string }>('POST', '/apps', {
      name: '天氣',
      groups: 'all',
    });
    expect(other.robotCode).toBe(other.clientId);
    const [mine, theirs] = [await desk.robot(), await desk.robot(other)];
    await desk.control('POST', '/say', { as: 'hr', in: GROUP, text: '@天氣 今日' });
    await desk.control('POST', '/say', { as: 'hr', in: `bot:${other.robotCode}`, text: '你好' });
    const heard = [await theirs.next(ROBOT), await theirs.next(ROBOT)].map(
      (frame) => JSON.parse(frame.data) as { robotCode: string; text: { content: string } },
    );
    expect(heard.map(({ robotCode, text }) => [robotCode, text.content])).toEqual([
      [other.robotCode, ' 今日'],
      [other.robotCode, '你好'],
    ]);
    expect(mine.frames.filter(({ headers }) => headers.topic === ROBOT)).toEqual([]);
  });

  test('late acknowledgements, echoes that are wrong and frames that are none are noted', async ({ desk }) => {
    await desk.control('POST', '/settings', { streamAckMs: 0.001, pingSeconds: 0.3 });
    const robot = await desk.robot();
    await say(desk);
    const frame = await robot.next(ROBOT);
    const ping = await robot.next('ping');
    expect(JSON.parse(ping.data)).toEqual({ opaque: expect.any(String) });
    robot.ack(ping, { opaque: 'wrong' });
    robot.socket.on('message', (raw) => robot.ack(JSON.parse(String(raw)) as RawFrame, { opaque: 'wrong' }));
    robot.ack(frame);
    robot.socket.send('hello');
    const names = await until(async () => {
      const found = new Set(
        (await desk.log()).filter(({ violation }) => violation !== undefined).map(({ name }) => name),
      );
      return found.size === 3 && [...found].sort();
    });
    expect(names).toEqual(['ACK', `ACK ${ROBOT}`, 'ACK ping']);
  });

  test('a message whose quota is spent arrives without text, with the code in one of two spellings', async ({
    desk,
  }) => {
    await desk.control('POST', '/quota', { messages: 1 });
    const robot = await desk.robot();
    for (const field of ['errorCode', 'errCode']) {
      await desk.control('POST', '/settings', { quotaErrorFields: field });
      if (field === 'errorCode') {
        await say(desk);
        robot.ack(await robot.next(ROBOT));
      }
      await say(desk, '聽到嗎');
      const frame = await robot.next(ROBOT);
      robot.ack(frame);
      const heard = JSON.parse(frame.data) as Record<string, unknown>;
      expect(heard[field]).toBe(20001);
      expect(heard).not.toHaveProperty('text');
      expect(heard).not.toHaveProperty('content');
    }
    expect((await desk.seen('hr', 'bot')).filter(({ kind }) => kind === 'notice')).toHaveLength(2);
  });
});

describe('a stream in trouble', () => {
  test('cut: the connection ends without a word', async ({ desk }) => {
    const robot = await desk.robot();
    const closed = once(robot.socket, 'close');
    expect(await desk.control('POST', '/stream', { do: 'cut' })).toEqual({ connections: 1 });
    expect((await closed)[0]).toBe(1006);
  });

  test('half-open: the socket looks alive, answers nothing, and what is pushed into it is lost', async ({ desk }) => {
    const robot = await desk.robot();
    await robot.next('REGISTERED');
    await desk.control('POST', '/stream', { do: 'half-open' });
    let isAnswered = false;
    robot.socket.on('pong', () => {
      isAnswered = true;
    });
    robot.socket.ping();
    const { msgId } = await say(desk);
    await desk.control('POST', '/settle', {});
    expect([robot.socket.readyState, isAnswered, robot.frames.some(({ headers }) => headers.topic === ROBOT)]).toEqual([
      WebSocket.OPEN,
      false,
      false,
    ]);
    robot.socket.terminate();
    const next = await desk.robot();
    const moving = desk.control('POST', '/clock', { by: 'PT1M' });
    const again = await next.next(ROBOT);
    next.ack(again);
    await moving;
    expect(msgIdOf(again), 'the second attempt goes another way').toBe(msgId);
  });

  test('half-open for long: the server gives it up, and still does not say so', async ({ desk }) => {
    await desk.control('POST', '/settings', { pingSeconds: 0.02 });
    const robot = await desk.robot();
    await desk.control('POST', '/stream', { do: 'half-open' });
    const isGivenUp = async (): Promise<boolean> => {
      const { connections } = await desk.control<{ connections: { isLeaving: boolean }[] }>('GET', '/stream');
      return connections[0]?.isLeaving === true;
    };
    await until(isGivenUp);
    expect(robot.socket.readyState).toBe(WebSocket.OPEN);
  });

  test('half-open for a while: afterwards it goes on as if nothing had been', async ({ desk }) => {
    const robot = await desk.robot();
    await desk.control('POST', '/stream', { do: 'half-open', seconds: 0.05 });
    await until(
      async () =>
        !(await desk.control<{ connections: { isHalfOpen: boolean }[] }>('GET', '/stream')).connections.some(
          ({ isHalfOpen }) => isHalfOpen,
        ),
    );
    await say(desk);
    robot.ack(await robot.next(ROBOT));
  });

  test('disconnect: a frame first, nothing more is pushed, then the end', async ({ desk }) => {
    await desk.control('POST', '/settings', { disconnectCloseMs: 50 });
    const robot = await desk.robot();
    const closed = once(robot.socket, 'close');
    await desk.control('POST', '/stream', { do: 'disconnect' });
    const frame = await robot.next('disconnect');
    expect(JSON.parse(frame.data)).toEqual({ reason: 'persistent connection is timeout' });
    await say(desk);
    await closed;
    expect(robot.frames.some(({ headers }) => headers.topic === ROBOT)).toBe(false);
  });

  test('refuse: registering works, the handshake does not, until the faults are taken away', async ({ desk }) => {
    await desk.control('POST', '/stream', { do: 'refuse', seconds: 60 });
    const first = await RawRobot.register(desk.origin, APP);
    expect([first.status, await handshake(`${first.endpoint}?ticket=${first.ticket}`)]).toEqual([200, 503]);
    await desk.control('DELETE', '/faults');
    const second = await RawRobot.register(desk.origin, APP);
    expect(await handshake(`${second.endpoint}?ticket=${second.ticket}`)).toBe(101);
    await desk.control('POST', '/stream', { do: 'cut' });
  });

  test('a client that answers no pings is cut off', async ({ desk }) => {
    await desk.control('POST', '/settings', { pingSeconds: 0.02 });
    const robot = await desk.robot();
    expect((await once(robot.socket, 'close'))[0]).toBe(1006);
  });

  test('a connection with a limited life is asked to leave at its end', async ({ desk }) => {
    await desk.control('POST', '/settings', { connectionLifeSeconds: 0.03, disconnectCloseMs: 0 });
    const robot = await desk.robot();
    expect(JSON.parse((await robot.next('disconnect')).data)).toEqual({ reason: 'connection is expired' });
    await robot.closed;
  });

  test('after a crash pushes may still go to the dead connection', async ({ desk }) => {
    await desk.control('POST', '/settings', { ghostSeconds: 30 });
    const robot = await desk.robot();
    robot.socket.terminate();
    await until(
      async () => (await desk.control<{ connections: unknown[] }>('GET', '/stream')).connections.length === 0,
    );
    await say(desk);
    const pushes = (await desk.log()).filter(({ name }) => name === `CALLBACK ${ROBOT}`);
    expect(pushes.map(({ status }) => status)).toEqual(['lost']);
  });
});
