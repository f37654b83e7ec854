import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

export interface HttpAnswer {
  readonly status: number
  /** Header `Retry-After`, as it came. */
  readonly retryAfter: string
  /** The first 4 KiB. */
  readonly text: string
}

export interface HttpPost {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Authorities in PEM; those of Node when absent. */
  readonly ca?: string
  readonly signal: AbortSignal
}

const ANSWER_BYTES_MAX = 4096

/** Redirects are not followed: a signed body goes where it was configured to go. @throws Error without an answer */
export async function post({ url, headers, body, ca, signal }: HttpPost): Promise<HttpAnswer> {
  const request = new URL(url).protocol === 'https:' ? requestHttps : requestHttp
  return await new Promise<HttpAnswer>((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) }
    const options = { method: 'POST', headers: { ...headers, ...length }, signal }
    const sent = request(url, ca === undefined ? options : { ...options, ca }, (answer) => {
      const chunks: Buffer[] = []
      let bytes = 0
      const finish = () => {
        const text = Buffer.concat(chunks).subarray(0, ANSWER_BYTES_MAX).toString()
        const status = answer.statusCode ?? 0
        resolve({ status, retryAfter: answer.headers['retry-after'] ?? '', text })
      }
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        bytes += chunk.length
        if (bytes < ANSWER_BYTES_MAX) return
        finish()
        answer.destroy()
      })
      answer.on('end', finish)
      answer.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
