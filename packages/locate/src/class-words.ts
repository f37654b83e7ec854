import type { NetworkClass } from '@sekisho/event'

/** Patterns on the lower-case name; `\b` where a word must stand alone. */
const anonWords = [
  String.raw`\bvpns?\b`,
  String.raw`\bprox(?:y|ies)\b`,
  String.raw`\banonymi[sz]er\b`,
  String.raw`\btor (?:exit|relay)`,
]

const organisationWords = [
  String.raw`\b(?:bank|banco|banque|insurance|hospital|clinic|healthcare|treasury|senate|parliament)\b`,
  String.raw`\b(?:ministry|ministerio|ministere|government|police|army|navy|air force)\b`,
  String.raw`\b(?:department|city|county|state|province|commonwealth) of\b`,
]

const educationWords = [
  'universi',
  String.raw`\buniv\b`,
  String.raw`\bcolleges?\b`,
  String.raw`\bschools?\b`,
  String.raw`\b(?:hoch|fach)schule`,
  'academ',
  'educat',
  String.raw`\binstitute of technology`,
  String.raw`\bpoli?te[ck]`,
  String.raw`\bpolytech`,
  String.raw`\brenater\b`,
]

const satelliteWords = [
  String.raw`\bsatcom\b`,
  String.raw`\bvsat\b`,
  String.raw`\bsatellite (?:communication|network|broadband|internet)`,
]

const hostingWords = [
  '(?<!ec)host(?!el|age|ess)',
  'hospedag',
  'hospedaj',
  'heberge',
  'cloud(?! county| peak)',
  String.raw`\bbulut\b`,
  String.raw`(?<!ob|shadow)servers?\b`,
  String.raw`\bvps|vps\b`,
  'data ?-?cent(?:er|re|rum)',
  'veri merkezi',
  String.raw`\bcolo\b|colocat`,
  String.raw`\bidc\b`,
  String.raw`\bdedicated\b`,
  String.raw`\brack`,
  String.raw`\bcdn|cdn\b`,
  String.raw`\bregistrar\b`,
  String.raw`\bweb services\b`,
]

const mobileWords = [
  String.raw`\bmobile(?! county|,? al)`,
  String.raw`(?<!exxon )\bmobil\b`,
  String.raw`\bmovil(?:es)?\b`,
  String.raw`\bcelular(?:es)?\b`,
  String.raw`\bcell(?:ular|com)\b`,
  String.raw`\bgsm\b`,
]

const accessWords = [
  'broadband',
  'bredband',
  'breitband',
  'cable',
  'kabel',
  'kablow',
  'catv',
  'televis',
  String.raw`\btv\b`,
  'hellovision',
  'tele[ck]om',
  'telefon',
  'telephon',
  'puhelin',
  String.raw`\btel(?:co|e)\b`,
  'communication',
  'comunica[cz]',
  'komunik',
  'iletisim',
  'svyaz',
  String.raw`\bfib(?:er|re|ra)`,
  String.raw`fib(?:er|re|ra)\b`,
  'valokuitu',
  'swiatlowod',
  String.raw`\bftt[hbx]\b`,
  String.raw`\bdsl\b`,
  'internet',
  String.raw`\bw?isp\b`,
  'provedor',
  'proveedor',
  'provider',
  'wireless',
  'inalambric',
  'wimax',
  String.raw`\bwi-?fi\b`,
  'stadtwerke',
  String.raw`\bstadtnetz`,
  String.raw`\bonline\b`,
  String.raw`\bconnect(?:ivity)?\b`,
  'chinanet',
  'china unicom',
  String.raw`\b(?:airtel|vodafone|telenor|telia|comcast|rostelecom)\b`,
]

/**
 * Words for the networks that no reviewer has listed. The first row that matches decides, so the order is the
 * argument: what an organisation *is* (a hospital, a ministry) comes before what it might sell; a university is an
 * access line even when it runs servers; a telephone company's data centre is hosting; "mobile" beats the general
 * words of access because its wider radius is the cautious mistake.
 */
const rows: readonly (readonly [NetworkClass, RegExp])[] = [
  ['anon', anyOf(anonWords)],
  ['unknown', anyOf(organisationWords)],
  ['residential', anyOf(educationWords)],
  ['satellite', anyOf(satelliteWords)],
  ['hosting', anyOf(hostingWords)],
  ['mobile', anyOf(mobileWords)],
  ['residential', anyOf(accessWords)],
]

function anyOf(patterns: readonly string[]): RegExp {
  return new RegExp(patterns.join('|'))
}

/** The class that the words of an organisation's name suggest, `unknown` when none does. Linear in the name. */
export function classFromName(name: string): NetworkClass {
  const text = name.toLowerCase()
  for (const [networkClass, words] of rows) if (words.test(text)) return networkClass
  return 'unknown'
}
