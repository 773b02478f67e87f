// A real AT Protocol repository server with two people, for tests/sources/at_peer.py.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(pathToFileURL(process.env.AT_FOLDER + '/'))
const { TestNetworkNoAppView } = await import(require.resolve('@atproto/dev-env'))
const net = await TestNetworkNoAppView.create({
  pds: { port: Number(process.env.PDS_PORT) },
  plc: { port: Number(process.env.PLC_PORT) },
})
const seed = net.getSeedClient()
for (const name of ['ana', 'bob']) {
  await seed.createAccount(name, {
    email: `${name}@test.com`, handle: `${name}-gomes.test`, password: 'only-on-loopback',
  })
}
const { ana, bob } = seed.dids
const at = (createdAt) => [undefined, undefined, undefined, { createdAt }]
await seed.post(ana, 'We counted forty mushrooms', ...at('2024-03-05T09:00:00.000Z'))
await seed.post(ana, 'Long ago', ...at('2012-03-05T09:00:00.000Z'))
const other = await seed.post(bob, 'By somebody else', ...at('2024-03-05T09:00:00.000Z'))
await seed.reply(ana, other.ref, other.ref, 'A reply')
await seed.repost(ana, other.ref)
console.log('ready')
