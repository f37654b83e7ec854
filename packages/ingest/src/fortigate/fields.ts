/** Slots of the FortiGate fields that are read. */
export const FIELD = {
  date: 0,
  time: 1,
  tz: 2,
  eventtime: 3,
  dtime: 4,
  timestamp: 5,
  logid: 6,
  type: 7,
  action: 8,
  devname: 9,
  devid: 10,
  vd: 11,
  remip: 12,
  srcip: 13,
  ip: 14,
  ui: 15,
  tunnelip: 16,
  assignip: 17,
  tunnelid: 18,
  cookies: 19,
  user: 20,
  useralt: 21,
  xauthuser: 22,
  eapuser: 23,
  vpntunnel: 24,
  status: 25,
  result: 26,
  reason: 27,
  msg: 28,
  duration: 29,
  fctuid: 30,
  stamac: 31,
  group: 32,
  xauthgroup: 33,
  eapauthgroup: 34,
  sentbyte: 35,
  rcvdbyte: 36,
  cfgpath: 37,
  cfgobj: 38,
  cfgattr: 39,
  dstip: 40,
  start: 41,
} as const

/** Fields that tell what a line is about. */
export const HEAD_FIELDS = [FIELD.logid, FIELD.type] as const

/** Fields of time; relays and analyzers add their own, also under the same name. */
export const TIME_FIELDS: ReadonlySet<number> = new Set([
  ...[FIELD.date, FIELD.time, FIELD.tz, FIELD.eventtime, FIELD.dtime, FIELD.timestamp, FIELD.start],
])

/**
 * Every name that a field has had. Names with `_` before `id` and `ip`, `src` and `dst` are those of FortiOS 3 and
 * 4; `logtime` is the name that 5.6 gave to `eventtime`; `itime_t` and `timestamp` are what a FortiAnalyzer adds, and
 * `start` what it adds to CEF.
 */
export const FIELD_NAMES: Readonly<Record<string, number>> = {
  ...FIELD,
  logtime: FIELD.eventtime,
  itime_t: FIELD.timestamp,
  log_id: FIELD.logid,
  device_id: FIELD.devid,
  remote_ip: FIELD.remip,
  rem_ip: FIELD.remip,
  tunnel_ip: FIELD.tunnelip,
  tunnel_id: FIELD.tunnelid,
  assigned_ip: FIELD.assignip,
  vpn_tunnel: FIELD.vpntunnel,
  xauth_user: FIELD.xauthuser,
  xauth_group: FIELD.xauthgroup,
  src: FIELD.srcip,
  dst: FIELD.dstip,
}
