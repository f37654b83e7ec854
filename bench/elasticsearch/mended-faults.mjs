// Rights that are missing until somebody mends them.

const LATE = { username: 'late', password: 'late-secret' }

/** A name and password of its own for the run. */
async function putLateUser({ admin, rights }, isAllowed) {
  const { indices } = isAllowed ? rights : { indices: [] }
  await admin.security.putRole({ name: 'late', cluster: [], indices })
  await admin.security.putUser({ ...LATE, roles: ['late'] })
}

/** @param recovery of what is only tried again */
export function mended(recovery) {
  return [
    {
      name: '401: the user is unknown, then made',
      login: LATE,
      recovery,
      before: ({ admin }) => admin.security.deleteUser({ username: 'late' }, { ignore: [404] }),
      async during(context) {
        await context.retried(/ 401 /)
        await putLateUser(context, true)
        context.proxy.mend()
      },
    },
    {
      name: '401: the key is invalidated; started again with a new one',
      recovery: 'waits with what is not delivered; a new key is read at the start',
      async during({ proxy, admin, after, retried, kill, key, newKey }) {
        await after(3)
        const [id] = Buffer.from(key, 'base64').toString().split(':')
        await admin.security.invalidateApiKey({ ids: [id] })
        await retried(/ 401 /)
        kill({ apiKey: await newKey() })
        proxy.mend()
      },
    },
    {
      name: '403: the user may not write, then may',
      login: LATE,
      recovery,
      before: (context) => putLateUser(context, false),
      async during(context) {
        await context.retried(/ 403 /)
        await putLateUser(context, true)
        context.proxy.mend()
      },
    },
  ]
}
