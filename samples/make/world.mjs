import { CARRIERS, HOMES, OFFICES } from './addresses.mjs'
import { GERMANY_MINUTES, instantOf, JAPAN_MINUTES } from './clock.mjs'
import { Random } from './random.mjs'

/** Hoshikawa Keisoku (星川計測), an invented maker of measuring instruments, and its three VPN gateways. */
export const GATEWAYS = {
  tokyo: {
    vendor: 'fortigate',
    name: 'fgt-tyo-01',
    serial: 'FG200FTK26001001',
    offsetMinutes: JAPAN_MINUTES,
    address: '192.0.2.10',
    inside: '10.11',
    pool: '10.212.134',
  },
  frankfurt: {
    vendor: 'fortigate',
    name: 'fgt-fra-01',
    serial: 'FG100FTK26002001',
    offsetMinutes: GERMANY_MINUTES,
    address: '192.0.2.20',
    inside: '10.21',
    pool: '10.212.136',
    /** The address that the relay writes into its header. */
    relayed: '192.0.2.20',
    domain: 'HOSHIKAWA',
  },
  osaka: {
    vendor: 'pulse-secure',
    name: 'pcs-osa-01',
    address: '10.31.1.5',
    offsetMinutes: JAPAN_MINUTES,
    inside: '10.31',
    pool: '10.60.4',
  },
}

/** On this morning the relay in Frankfurt was replaced, and Pulse's log format set from standard to WELF. */
export const FORMAT_CHANGE_MS = {
  frankfurt: instantOf(GERMANY_MINUTES, 8, '00:00'),
  osaka: instantOf(JAPAN_MINUTES, 8, '00:00'),
}

/** name | mobile carrier or `-` | what differs from the site's habit */
const STAFF = {
  tokyo: `
    watanabe.yui | - |
    kobayashi.makoto | - |
    sato.haruka | docomo |
    nakamura.sota | docomo |
    fukuda.ren | docomo | home=fukuoka
    sasaki.mio | rakuten | home=sapporo
    ito.kenji | docomo | also=frankfurt
    suzuki.aoi | rakuten |
    takahashi.daiki | docomo |
    tanaka.rin | rakuten | also=osaka
    yamamoto.kaito | docomo |
    kato.mei | - |
    yoshida.haru | docomo |
    yamada.taro | docomo |
    matsumoto.yuna | rakuten |
    hayashi.sora | docomo | also=osaka
    shimizu.hina | - |
    saito.itsuki | docomo | also=osaka
    yamazaki.nao | rakuten |
    mori.asahi | docomo | also=osaka
    abe.kotone | - |
    ikeda.minato | docomo | also=osaka
    hashimoto.tsumugi | rakuten | also=osaka
    ishikawa.yuto | docomo | also=osaka
    ogawa.sakura | - |
    maeda.hayato | docomo | also=osaka`,
  osaka: `
    okamoto.riku | docomo |
    fujii.akane | docomo |
    山口.翔 | docomo |
    井上.桜 | rakuten |
    kimura.takumi | docomo |
    matsuda.ema | - | also=tokyo
    nishimura.kei | docomo |
    ueda.chika | rakuten |
    morita.jun | - |
    hara.shiori | docomo | also=tokyo
    ono.tatsuya | docomo |
    takeuchi.kana | - |
    wada.shun | rakuten |
    nakano.airi | docomo |
    ishida.goro | - |
    kojima.rei | docomo |
    fujiwara.nagi | rakuten |
    miyazaki.toma | docomo |`,
  frankfurt: `
    lena.hofmann | - |
    jörg.weiß | o2 |
    zoë.de.vries | o2 |
    łukasz.wójcik | o2 | also=tokyo
    renée.dubois | - |
    søren.møller | o2 |
    anna.schmitz | o2 |
    felix.brandt | - |
    miriam.vogel | o2 |
    tobias.keller | o2 | also=tokyo
    giulia.romano | - |
    pablo.navarro | o2 |
    katrin.lorenz | o2 |
    oliver.haas | - |
    inês.carvalho | o2 |
    stefan.bauer | o2 |`,
}

/** Everybody with a VPN account, by name: site, home line, carrier, gateways (the usual one first). */
export const USERS = new Map(
  Object.entries(STAFF).flatMap(([site, text]) => {
    const homes = HOMES[site][Symbol.iterator]()
    return text
      .trim()
      .split('\n')
      .map((line) => {
        const [name, carrier, habit] = line.trim().split(/\s*\|\s*/)
        const [key, value] = habit.split('=')
        const isFar = key === 'home'
        return [
          name,
          {
            name,
            site,
            offsetMinutes: GATEWAYS[site].offsetMinutes,
            home: isFar ? HOMES[value][0] : homes.next().value,
            office: OFFICES[site],
            /** Share of working days spent in the office. */
            officeShare: isFar ? 0 : 0.75,
            carrier: CARRIERS[carrier] ?? null,
            gateways: key === 'also' ? [site, value] : [site],
          },
        ]
      })
  }),
)

/** A client address of a carrier: any host of any of its blocks. */
export function mobileLineOf(carrier, random) {
  const block = random.pick(carrier)
  const [base, bits] = block.address.split('/')
  const [a, b, c] = base.split('.').map(Number)
  const third = c + random.integer(0, 2 ** (24 - Number(bits)) - 1)
  return { ...block, address: `${a}.${b}.${third}.${random.integer(2, 253)}` }
}

/** A home line on a day: the provider hands out another last octet now and then. */
export function homeLineOf(user, dayOfMarch) {
  let last = Number(user.home.address.split('.')[3])
  for (let day = 1; day <= dayOfMarch; day++) {
    const lease = new Random(`lease/${user.name}/${day}`)
    if (lease.chance(0.03)) last = lease.integer(2, 253)
  }
  return { ...user.home, address: user.home.address.replace(/\d+$/, String(last)) }
}
