import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Paths of a certificate and its key, PEM. */
export interface OwnCertificate {
  readonly certFile: string
  readonly keyFile: string
  readonly cert: Buffer
  readonly key: Buffer
}

/** Makes an authority in a folder. */
export function ownAuthority(folder: string, name: string): OwnCertificate {
  return made(folder, name, ['-x509', '-addext', 'basicConstraints=critical,CA:TRUE'])
}

/** Makes a certificate for 127.0.0.1 that the authority signed. */
export function signedCertificate(
  folder: string,
  name: string,
  authority: OwnCertificate,
): OwnCertificate {
  const signing = ['-x509', '-CA', authority.certFile, '-CAkey', authority.keyFile]
  const extensions = ['basicConstraints=critical,CA:FALSE', 'subjectAltName=IP:127.0.0.1']
  return made(folder, name, [...signing, ...extensions.flatMap((text) => ['-addext', text])])
}

function made(folder: string, name: string, options: readonly string[]): OwnCertificate {
  const certFile = join(folder, `${name}.crt`)
  const keyFile = join(folder, `${name}.key`)
  const config = join(folder, 'openssl.cnf')
  writeFileSync(config, '[req]\ndistinguished_name = name\n[name]\n')
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const files = ['-config', config, '-keyout', keyFile, '-out', certFile]
  const about = ['-subj', `/CN=${name}`, '-days', '2']
  execFileSync('openssl', ['req', ...key, ...files, ...about, ...options], { stdio: 'pipe' })
  return { certFile, keyFile, cert: readFileSync(certFile), key: readFileSync(keyFile) }
}
