import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Makes `ca`, `other` (an authority that signed nothing), `server` for 127.0.0.1 and `client`, each as `.crt` and `.key`. */
export function makeCertificates(folder: string): void {
  writeFileSync(join(folder, 'openssl.cnf'), '[req]\ndistinguished_name = name\n[name]\n')
  for (const name of ['ca', 'other']) {
    make(folder, name, ['-addext', 'basicConstraints=critical,CA:TRUE'])
  }
  for (const name of ['server', 'client']) {
    const signing = ['-CA', join(folder, 'ca.crt'), '-CAkey', join(folder, 'ca.key')]
    const extensions = ['basicConstraints=critical,CA:FALSE', 'subjectAltName=IP:127.0.0.1']
    make(folder, name, [...signing, ...extensions.flatMap((text) => ['-addext', text])])
  }
}

function make(folder: string, name: string, options: readonly string[]): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const paths = ['-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.crt`)]
  const about = ['-config', join(folder, 'openssl.cnf'), '-subj', `/CN=${name}`, '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...key, ...paths, ...about, ...options], {
    stdio: 'pipe',
  })
}
