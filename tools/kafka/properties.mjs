// What a broker of its own needs on disk before it starts: its properties, and for TLS a certificate authority.

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const TEMPLATE = new URL('./server.properties', import.meta.url)

/** The same node as a controller alone, which misses its broker soon. */
const CONTROLLER_PROPERTIES = `process.roles=controller
node.id=1
controller.quorum.bootstrap.servers=127.0.0.1:@CONTROLLER_PORT@
listeners=CONTROLLER://127.0.0.1:@CONTROLLER_PORT@
controller.listener.names=CONTROLLER
log.dirs=@DATA@
broker.session.timeout.ms=300
`

const SASL_PROPERTIES = `sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.sasl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.sasl.ssl.keystore.type=PEM
listener.name.sasl.ssl.keystore.location=@FOLDER@/broker.pem
`

/** Writes the properties of a broker, and of its controller alone. @returns the paths of both */
export function writeProperties(folder, { port, controllerPort, saslPort }) {
  const values = {
    PORT: port,
    CONTROLLER_PORT: controllerPort,
    DATA: join(folder, 'data'),
    FOLDER: folder,
    SASL_LISTENER: saslPort === null ? '' : `,SASL://127.0.0.1:${saslPort}`,
  }
  const written = (name, template) => {
    const path = join(folder, name)
    writeFileSync(
      path,
      template.replace(/@([A-Z_]+)@/g, (_, key) => String(values[key])),
    )
    return path
  }
  const sasl = saslPort === null ? '' : `\n${SASL_PROPERTIES}`
  return {
    broker: written('server.properties', readFileSync(TEMPLATE, 'utf8') + sasl),
    controller: written('controller.properties', CONTROLLER_PROPERTIES),
  }
}

function openssl(args) {
  const { status, error, stderr } = spawnSync('openssl', args, { encoding: 'utf8' })
  if (error || status !== 0) throw new Error(`openssl ${args[0]}: ${error?.message ?? stderr}`)
}

/**
 * Makes a certificate authority, and with it a certificate for the host name `localhost` (and not for 127.0.0.1, so
 * that a wrong host name can be tried). Leaves `broker.pem` for the broker. @returns the authority's certificate, PEM
 */
export function writeCertificates(folder) {
  const file = (name) => join(folder, name)
  const newKey = ['-newkey', 'rsa:2048', '-nodes', '-batch']
  openssl(
    ['req', '-x509', ...newKey, '-days', '2', '-subj', '/CN=Sekisho test authority'].concat([
      '-keyout',
      file('ca.key'),
      '-out',
      file('ca.pem'),
    ]),
  )
  openssl(
    ['req', ...newKey, '-subj', '/CN=localhost'].concat([
      '-keyout',
      file('broker.key'),
      '-out',
      file('broker.csr'),
    ]),
  )
  writeFileSync(file('names.cnf'), 'subjectAltName=DNS:localhost\n')
  openssl(
    ['x509', '-req', '-in', file('broker.csr'), '-days', '2', '-CAcreateserial'].concat(
      ['-CA', file('ca.pem'), '-CAkey', file('ca.key')],
      ['-extfile', file('names.cnf'), '-out', file('broker.crt')],
    ),
  )
  writeFileSync(
    file('broker.pem'),
    readFileSync(file('broker.key'), 'utf8') + readFileSync(file('broker.crt'), 'utf8'),
    { mode: 0o600 },
  )
  return readFileSync(file('ca.pem'), 'utf8')
}
