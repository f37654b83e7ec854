import type { NetworkClass } from '@sekisho/event'

/**
 * Words for the networks that no reviewer has listed. The first row that matches decides, so the order is the
 * argument: what an organisation *is* (a hospital, a ministry) comes before what it might sell; a university is an
 * access line even when it runs servers; a telephone company's data centre is hosting; "mobile" beats the general
 * words of access because its wider radius is the cautious mistake.
 */
const rows: readonly (readonly [NetworkClass, RegExp])[] = [
  ['anon', /\bvpns?\b|\bprox(?:y|ies)\b|\banonymi[sz]er\b|\btor (?:exit|relay)\b/],
  [
    'unknown',
    /\b(?:bank|banco|banque|insurance|hospital|clinic|healthcare|ministry|ministerio|government|police|army|navy|air force|department of (?!education)|city of|county of|state of|province of|commonwealth of|treasury|senate|parliament)\b/,
  ],
  [
    'residential',
    /universi|\buniv\b|\bcollege\b|\bschools?\b|\bhochschule\b|\becole\b|academ|\binstitute of technology\b|\beducation|\bpolitec|\bpolytech/,
  ],
  ['satellite', /\bsatcom\b|\bvsat\b|\bsatellite (?:communication|network|broadband|internet)s?\b/],
  [
    'hosting',
    /host(?!el|age|ess)|cloud(?! county| peak)|(?<!ob|shadow)servers?\b|\bserver(?:is|el|ius)|\bvps|vps\b|data ?-?cent(?:er|re|rum|rs)|datacent|veri merkezi|\bcolo\b|colocat|\bcolo[a-z]*\b(?<!colorado|colombia|cologne|colony)|\bidc\b|dedicated|\brack|racks?\b(?<!track|tracks)|\bcdn|cdn\b|hospedag|hospedaj|heberge|registrar\b|\bweb services\b|\bdomains\b|virtual (?:machine|private)|\bgpu\b/,
  ],
  [
    'mobile',
    /\bmobile(?! county|,? al)\b|\bmobil\b|\bmobiles\b|\bmovil(?:es)?\b|\bcelular(?:es)?\b|\bcellular\b|\bgsm\b|\bcellcom\b|\bwireless telecom/,
  ],
  [
    'residential',
    /broadband|cable(?!gram)|\bkabel|catv|telecom|telekom|telefon|telephon|\btelco\b|\btele\b|communication|comunicac|komunik|\bfib(?:er|re|ra|er?net|ran?et)|fiber\b|fibra\b|\bftt[hbx]\b|\bdsl\b|internet|\bisp\b|\bwisp\b|wireless|\bwi-?fi\b|televis|\btv\b|provedor|proveedor|provider|\bonline\b|stadtwerke|\bstadtnetz|\bbredband|breitband|\bconnect(?:ivity)?\b|\bairtel\b|\bvodafone\b|\btelenor\b|\btelia\b/,
  ],
]

/** The class that the words of an organisation's name suggest, `unknown` when none does. Linear in the name. */
export function classFromName(name: string): NetworkClass {
  const text = name.toLowerCase()
  for (const [networkClass, words] of rows) if (words.test(text)) return networkClass
  return 'unknown'
}
