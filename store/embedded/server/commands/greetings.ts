import { Double, Int32, Long, ObjectId } from 'bson';
import { MongoError } from '../../engine/mongo-error.ts';
import type { Document } from '../../engine/values.ts';
import type { CommandContext, CommandSpec } from '../command.ts';
import { MAX_MESSAGE_BYTES } from '../wire.ts';

/** Name of the replica set of one member that the store announces itself as: without one, drivers offer no transactions. */
export const SET_NAME = 'rs0';
const VERSION = '6.0.5';
const VERSION_ARRAY = [6, 0, 5, 0].map((part) => new Int32(part));
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
/** The wire protocol of MongoDB 6.0. */
const WIRE_VERSION = 17;

const processId = new ObjectId();
const electionId = new ObjectId('7fffffff0000000000000001');

/** The state of the server as drivers know it. It never changes while the server lives. */
export function topologyVersion(): Document {
  return { processId, counter: Long.fromNumber(6) };
}

function greet({ server, address, command }: CommandContext): Document {
  const now = server.now();
  const isOld = command.hello === undefined;
  return {
    ...(command.helloOk === undefined ? {} : { helloOk: true }),
    topologyVersion: topologyVersion(),
    hosts: [address],
    setName: SET_NAME,
    setVersion: new Int32(1),
    [isOld ? 'ismaster' : 'isWritablePrimary']: true,
    secondary: false,
    primary: address,
    me: address,
    electionId,
    lastWrite: { lastWriteDate: now, majorityWriteDate: now },
    maxBsonObjectSize: new Int32(MAX_DOCUMENT_BYTES),
    maxMessageSizeBytes: new Int32(MAX_MESSAGE_BYTES),
    maxWriteBatchSize: new Int32(100_000),
    localTime: now,
    logicalSessionTimeoutMinutes: new Int32(30),
    connectionId: new Int32(1),
    minWireVersion: new Int32(0),
    maxWireVersion: new Int32(WIRE_VERSION),
    readOnly: false,
  };
}

function buildInfo(): Document {
  return {
    version: VERSION,
    gitVersion: 'ziuping-embedded',
    modules: ['ziuping-embedded'],
    allocator: 'system',
    javascriptEngine: 'none',
    versionArray: VERSION_ARRAY,
    bits: new Int32(64),
    debug: false,
    maxBsonObjectSize: new Int32(MAX_DOCUMENT_BYTES),
    storageEngines: ['lmdb'],
  };
}

function serverStatus({ server, address }: CommandContext): Document {
  return {
    host: address,
    version: VERSION,
    process: 'ziuping-embedded',
    pid: Long.fromNumber(process.pid),
    uptime: new Double(server.uptimeSeconds),
    uptimeMillis: Long.fromNumber(Math.round(server.uptimeSeconds * 1000)),
    localTime: server.now(),
    metrics: { cursor: { open: { total: Long.fromNumber(server.cursors.count) } } },
    repl: {
      setName: SET_NAME,
      isWritablePrimary: true,
      secondary: false,
      primary: address,
      me: address,
      hosts: [address],
    },
    storageEngine: { name: 'lmdb', supportsCommittedReads: true, persistent: true, readOnly: false },
  };
}

function replSetGetStatus({ server, address }: CommandContext): Document {
  const member = {
    _id: new Int32(0),
    name: address,
    health: new Double(1),
    state: new Int32(1),
    stateStr: 'PRIMARY',
    uptime: new Int32(Math.floor(server.uptimeSeconds)),
    self: true,
  };
  return { set: SET_NAME, date: server.now(), myState: new Int32(1), members: [member] };
}

function getParameter({ command }: CommandContext): Document {
  const known: Document = {
    featureCompatibilityVersion: { version: '6.0' },
    enableTestCommands: false,
    transactionLifetimeLimitSeconds: new Int32(60),
  };
  const wanted =
    command.getParameter === '*' ? Object.keys(known) : Object.keys(known).filter((name) => name in command);
  if (wanted.length === 0) throw new MongoError(72, 'no option found to get');
  return Object.fromEntries(wanted.map((name) => [name, known[name]]));
}

const greeting: CommandSpec = {
  does: 'says who the server is: a replica set of one member',
  fields: {},
  ignoresUnknownFields: true,
  inTransaction: false,
  run: greet,
};

function information(does: string, run: CommandSpec['run']): CommandSpec {
  return { does, fields: {}, ignoresUnknownFields: true, inTransaction: false, run };
}

export const greetings: Readonly<Record<string, CommandSpec>> = {
  hello: greeting,
  isMaster: greeting,
  ismaster: greeting,
  ping: information('answers', () => ({})),
  buildInfo: information('the version whose answers are given', buildInfo),
  buildinfo: information('the version whose answers are given', buildInfo),
  serverStatus: information('version, uptime and state', serverStatus),
  replSetGetStatus: information('the one member and its state', replSetGetStatus),
  getParameter: information('the few parameters drivers and tools ask for', getParameter),
  connectionStatus: information('that nobody is logged in, as there is no log-in', () => ({
    authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
  })),
  hostInfo: information('the system the store runs on', ({ server, address }) => ({
    system: { currentTime: server.now(), hostname: address, cpuAddrSize: new Int32(64) },
    os: { type: process.platform, name: process.platform, version: process.version },
    extra: {},
  })),
  whatsmyuri: information('the address of the client, as far as it is known', ({ address }) => ({ you: address })),
  getLog: information('an empty log', () => ({ totalLinesWritten: new Int32(0), log: [] })),
};
