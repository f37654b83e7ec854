// A proxy in front of Elasticsearch that breaks bulk requests in the ways that networks, balancers and servers do.
import { createServer, request } from 'node:http'

/**
 * @param target URL of the server
 * @returns its `url`; how many `bulks` have come and how many of them were `broken`; when it was `mendedMs` and when the first bulk
 * request after that was `recoveredMs` (answered with 200; `performance.now()`); and `fault`: while it is set, it is given every bulk
 * request as an exchange, which it passes on, answers, drops or leaves hanging
 */
export async function startProxy(target) {
  const sockets = new Set()
  const proxy = { url: '', bulks: 0, broken: 0, fault: null, mendedMs: null, recoveredMs: null }
  proxy.mend = () => {
    proxy.fault = null
    proxy.mendedMs = performance.now()
    proxy.recoveredMs = null
  }
  const server = createServer((incoming, response) => {
    const chunks = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('error', () => {})
    response.on('error', () => {})
    incoming.on('end', () => {
      const isBulk = incoming.url.startsWith('/_bulk')
      if (isBulk) proxy.bulks++
      const exchange = exchangeOf(target, incoming, Buffer.concat(chunks), response, proxy)
      if (isBulk && proxy.fault !== null) proxy.fault(exchange)
      else exchange.pass()
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  proxy.url = `http://127.0.0.1:${server.address().port}`
  proxy.close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  return proxy
}

function exchangeOf(target, incoming, body, response, proxy) {
  const onBroken = () => proxy.broken++
  const drop = () => response.socket?.destroy()
  return {
    bytes: body.length,
    drop() {
      onBroken()
      drop()
    },
    /** Never answers. */
    hang: onBroken,
    answer(status, text = '') {
      onBroken()
      response.writeHead(status, { 'content-type': 'text/plain' }).end(text)
    },
    /** Passes the request on. @param onAnswer instead of passing the answer back */
    pass(onAnswer) {
      const { method, url, headers } = incoming
      const outgoing = request(new URL(url, target), { method, headers }, (answer) => {
        const parts = []
        answer.on('data', (part) => parts.push(part))
        answer.on('error', drop)
        answer.on('end', () => {
          const bytes = Buffer.concat(parts)
          if (onAnswer === undefined) {
            if (answer.statusCode === 200) proxy.recoveredMs ??= performance.now()
            response.writeHead(answer.statusCode, answer.headers).end(bytes)
          } else {
            onBroken()
            onAnswer(answer, bytes, response)
          }
        })
      })
      outgoing.on('error', drop)
      outgoing.end(body)
    },
  }
}
