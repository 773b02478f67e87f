// A real AT Protocol repository server and its identity server, with two people; both listen on
// loopback only and keep what they write in the folder they are started in. When all is written a
// third port answers.
import crypto from 'node:crypto'
import net from 'node:net'
import { createRequire } from 'node:module'

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
  return typeof port === 'object'
    ? listen.call(this, { ...port, host: '127.0.0.1' }, ...rest)
    : listen.call(this, port, '127.0.0.1', ...rest.filter((one) => typeof one === 'function'))
}

const require = createRequire(import.meta.url)
const Sqlite = require('better-sqlite3')

// The SQLite that comes built gives blobs as plain memory; the server reckons with buffers.
const asBuffers = (row) => row && Object.fromEntries(
  Object.entries(row).map(([key, value]) =>
    [key, value instanceof ArrayBuffer ? Buffer.from(value) : value]))
const prepare = Sqlite.prototype.prepare
Sqlite.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql)
  const [all, get] = [statement.all.bind(statement), statement.get.bind(statement)]
  statement.all = (...given) => all(...given).map(asBuffers)
  statement.get = (...given) => asBuffers(get(...given))
  return statement
}

const { PlcServer, Database } = require('@did-plc/server')
const { PDS, envToCfg, envToSecrets } = require('@atproto/pds')
const [plcPort, port] = [Number(process.env.PLC_PORT), Number(process.env.PDS_PORT)]
const secret = () => crypto.randomBytes(32).toString('hex')

await PlcServer.create({ db: Database.mock(), port: plcPort }).start()
const settings = {
  devMode: true, port, hostname: 'localhost', serviceHandleDomains: ['.test'],
  didPlcUrl: `http://127.0.0.1:${plcPort}`, disableSsrfProtection: true, inviteRequired: false,
  dataDirectory: process.cwd(), blobstoreDiskLocation: `${process.cwd()}/blobs`,
  bskyAppViewUrl: 'http://127.0.0.1:9', bskyAppViewDid: 'did:example:none',
  adminPassword: secret(), jwtSecret: secret(), dpopSecret: secret(),
  plcRotationKeyK256PrivateKeyHex: secret(),
}
const server = await PDS.create(envToCfg(settings), envToSecrets(settings))
await server.start()

const text = 'app.bsky.feed.post'

async function call(method, body, token) {
  const answer = await fetch(`http://127.0.0.1:${port}/xrpc/com.atproto.${method}`, {
    method: 'POST', body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
  })
  const said = await answer.json()
  if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(said)}`)
  return said
}

async function account(name) {
  const { did, accessJwt } = await call('server.createAccount', {
    email: `${name}@trust.example`, handle: `${name}-gomes.test`, password: 'only-on-loopback',
  })
  const change = (how, more) => call(`repo.${how}Record`, { repo: did, ...more }, accessJwt)
  const write = (collection, record, rkey) => change('create', { collection, record, rkey })
  return { write, remove: (rkey) => change('delete', { collection: text, rkey }) }
}

const post = (words, createdAt, more) => ({ $type: text, text: words, createdAt, ...more })
const [ana, bob] = [await account('ana'), await account('bob')]
await ana.write(text, post('We counted forty mushrooms', '2024-03-05T09:00:00.000Z'))
await ana.write(text, post('Long ago', '2012-03-05T09:00:00.000Z'))
const other = await bob.write(text, post('By somebody else', '2024-03-05T09:00:00.000Z'))
const ref = { uri: other.uri, cid: other.cid }
const reply = { root: ref, parent: ref }
await ana.write(text, post('A reply', '2024-03-06T09:00:00.000Z', { reply }))
await ana.write('app.bsky.feed.repost', {
  $type: 'app.bsky.feed.repost', subject: ref, createdAt: '2024-03-07T09:00:00.000Z',
})
const gone = await ana.write(text, post('Taken back', '2024-03-08T09:00:00.000Z'))
await ana.remove(gone.uri.split('/').at(-1))
await bob.write('app.bsky.actor.profile', {
  $type: 'app.bsky.actor.profile',
  labels: {
    $type: 'com.atproto.label.defs#selfLabels', values: [{ val: '!no-unauthenticated' }],
  },
}, 'self')
net.createServer().listen(Number(process.env.READY_PORT))
