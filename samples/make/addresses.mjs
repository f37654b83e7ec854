/**
 * Where the story's addresses lie: address or block | network number | organisation | country | place.
 *
 * Documentation addresses (RFC 5737) have no place, so a story about places needs real ranges. They were
 * chosen by organisation from two public databases that agree on the place within 50 km; the exact addresses
 * mean nothing, and nothing told here ever happened at one of them.
 */
const COUNTRIES = {
  BR: 'Brazil',
  CN: 'China',
  CO: 'Colombia',
  DE: 'Germany',
  EG: 'Egypt',
  ES: 'Spain',
  FR: 'France',
  GB: 'United Kingdom',
  HK: 'Hong Kong',
  ID: 'Indonesia',
  IE: 'Ireland',
  IT: 'Italy',
  JP: 'Japan',
  KR: 'Korea, Republic of',
  MX: 'Mexico',
  NL: 'Netherlands',
  RO: 'Romania',
  SG: 'Singapore',
  TH: 'Thailand',
  TR: 'Turkey',
  TW: 'Taiwan',
  US: 'United States',
  VN: 'Vietnam',
}

function table(text) {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [address, asn, organisation, country, place] = line.trim().split(/\s*\|\s*/)
      return {
        address,
        asn: Number(asn),
        organisation,
        country,
        countryName: COUNTRIES[country],
        place,
      }
    })
}

/** Home lines by region; a user keeps one, its last octet changes now and then. */
export const HOMES = {
  tokyo: table(`
    219.164.158.82 | 4713 | NTT Communications Corporation | JP | Tokyo
    159.28.128.60 | 2527 | Sony Network Communications Inc. | JP | Kashiwa
    116.64.248.116 | 9824 | JCOM Co., Ltd. | JP | Suginami
    118.109.92.48 | 2518 | BIGLOBE Inc. | JP | Shinagawa
    222.228.42.94 | 4685 | Asahi Net | JP | Chiyoda
    106.73.13.149 | 2516 | KDDI CORPORATION | JP | Yokohama
    220.106.190.122 | 4713 | NTT Communications Corporation | JP | Tokyo
    118.240.142.130 | 2527 | Sony Network Communications Inc. | JP | Kita
    59.171.243.211 | 9824 | JCOM Co., Ltd. | JP | Fujisawa
    122.130.145.49 | 2518 | BIGLOBE Inc. | JP | Shinagawa
    14.3.134.42 | 4685 | Asahi Net | JP | Chiyoda
    121.107.42.150 | 2516 | KDDI CORPORATION | JP | Chiba
    220.108.68.152 | 4713 | NTT Communications Corporation | JP | Tokyo
    39.110.106.110 | 2527 | Sony Network Communications Inc. | JP | Yokohama
    116.220.198.98 | 9824 | JCOM Co., Ltd. | JP | Higashimurayama
    60.236.42.86 | 2518 | BIGLOBE Inc. | JP | Shinagawa
    124.155.52.72 | 4685 | Asahi Net | JP | Chiyoda
    27.94.69.205 | 2516 | KDDI CORPORATION | JP | Shinjuku
    219.165.124.96 | 4713 | NTT Communications Corporation | JP | Tokyo
    150.147.232.188 | 2527 | Sony Network Communications Inc. | JP | Chiyoda
    110.132.8.140 | 9824 | JCOM Co., Ltd. | JP | Suginami
    133.202.200.20 | 2518 | BIGLOBE Inc. | JP | Tokyo
    118.243.81.89 | 4685 | Asahi Net | JP | Chiyoda
    123.225.16.148 | 4713 | NTT Communications Corporation | JP | Tokyo
  `),
  osaka: table(`
    182.166.70.186 | 17511 | OPTAGE Inc. | JP | Osaka
    211.124.232.84 | 9617 | JCOM Co., Ltd. | JP | Osaka
    121.82.250.46 | 17511 | OPTAGE Inc. | JP | Kyoto
    58.189.143.175 | 17511 | OPTAGE Inc. | JP | Osaka
    49.251.219.163 | 9617 | JCOM Co., Ltd. | JP | Kobe
    59.190.168.204 | 17511 | OPTAGE Inc. | JP | Osaka
    218.220.101.173 | 9617 | JCOM Co., Ltd. | JP | Higashiosaka
    119.229.158.162 | 17511 | OPTAGE Inc. | JP | Nara
    180.145.110.90 | 17511 | OPTAGE Inc. | JP | Kyoto
    119.228.141.61 | 17511 | OPTAGE Inc. | JP | Osaka
    61.115.151.39 | 9617 | JCOM Co., Ltd. | JP | Osaka
    60.57.72.108 | 17511 | OPTAGE Inc. | JP | Osaka
    60.56.119.175 | 17511 | OPTAGE Inc. | JP | Kyoto
    125.4.104.156 | 9617 | JCOM Co., Ltd. | JP | Osaka
    128.22.72.164 | 17511 | OPTAGE Inc. | JP | Osaka
    122.196.78.122 | 9617 | JCOM Co., Ltd. | JP | Izumisano
    219.75.142.82 | 17511 | OPTAGE Inc. | JP | Osaka
    180.147.75.139 | 17511 | OPTAGE Inc. | JP | Osaka
  `),
  frankfurt: table(`
    87.181.148.112 | 3320 | Deutsche Telekom AG | DE | Wiesbaden
    95.223.123.67 | 3209 | Vodafone GmbH | DE | Offenbach
    79.199.206.98 | 3320 | Deutsche Telekom AG | DE | Hofheim am Taunus
    188.105.49.209 | 3209 | Vodafone GmbH | DE | Frankfurt am Main
    87.147.158.34 | 3320 | Deutsche Telekom AG | DE | Darmstadt
    2.206.109.149 | 3209 | Vodafone GmbH | DE | Sulzbach
    217.253.55.215 | 3320 | Deutsche Telekom AG | DE | Hanau
    92.217.156.160 | 3209 | Vodafone GmbH | DE | Frankfurt am Main
    91.12.222.210 | 3320 | Deutsche Telekom AG | DE | Dietzenbach
    62.143.217.129 | 3209 | Vodafone GmbH | DE | Oberursel
    84.156.176.52 | 3320 | Deutsche Telekom AG | DE | Mörfelden-Walldorf
    94.79.141.133 | 3209 | Vodafone GmbH | DE | Frankfurt am Main
    46.92.151.103 | 3320 | Deutsche Telekom AG | DE | Flörsheim
    2.205.244.72 | 3209 | Vodafone GmbH | DE | Frankfurt am Main
    91.7.98.62 | 3320 | Deutsche Telekom AG | DE | Rüsselsheim
    2.206.150.66 | 3209 | Vodafone GmbH | DE | Kelsterbach
  `),
  fukuoka: table('58.3.110.162 | 7679 | QTnet,Inc. | JP | Fukuoka'),
  sapporo: table('118.155.78.42 | 2516 | KDDI CORPORATION | JP | Sapporo'),
}

/** One shared address for everybody in an office. */
export const OFFICES = {
  tokyo: table('43.234.55.79 | 17506 | ARTERIA Networks Corporation | JP | Tokyo')[0],
  osaka: table('115.179.163.219 | 2519 | ARTERIA Networks Corporation | JP | Osaka')[0],
  frankfurt: table('82.140.6.146 | 8881 | 1&1 Versatel GmbH | DE | Frankfurt am Main')[0],
}

export const HOTELS = {
  frankfurt: table('84.188.138.150 | 3320 | Deutsche Telekom AG | DE | Kelsterbach')[0],
  fukuoka: table('175.28.238.42 | 7679 | QTnet,Inc. | JP | Fukuoka')[0],
}

/** Mobile carriers: every login comes from another address of these blocks. */
export const CARRIERS = {
  docomo: table(`
    1.66.112.0/20 | 9605 | NTT DOCOMO, INC. | JP | Tokyo
    1.75.160.0/20 | 9605 | NTT DOCOMO, INC. | JP | Tokyo
    27.228.176.0/20 | 9605 | NTT DOCOMO, INC. | JP | Tokyo
    49.98.192.0/20 | 9605 | NTT DOCOMO, INC. | JP | Tokyo
    49.104.160.0/20 | 9605 | NTT DOCOMO, INC. | JP | Tokyo
    183.72.112.0/20 | 9605 | NTT DOCOMO, INC. | JP | Tokyo
  `),
  rakuten: table(`
    101.102.24.0/21 | 138384 | Rakuten Mobile, Inc. | JP | Tokyo
    119.30.192.0/21 | 138384 | Rakuten Mobile, Inc. | JP | Tokyo
    133.106.80.0/21 | 138384 | Rakuten Mobile, Inc. | JP | Tokyo
    211.133.160.0/21 | 138384 | Rakuten Mobile, Inc. | JP | Tokyo
  `),
  o2: table(`
    46.114.6.0/24 | 6805 | Telefonica Germany GmbH & Co.OHG | DE | Frankfurt am Main
    77.180.102.0/23 | 6805 | Telefonica Germany GmbH & Co.OHG | DE | Frankfurt am Main
    77.180.166.0/23 | 6805 | Telefonica Germany GmbH & Co.OHG | DE | Frankfurt am Main
    77.182.148.0/23 | 6805 | Telefonica Germany GmbH & Co.OHG | DE | Frankfurt am Main
    82.113.108.0/23 | 6805 | Telefonica Germany GmbH & Co.OHG | DE | Frankfurt am Main
    92.226.197.0/24 | 6805 | Telefonica Germany GmbH & Co.OHG | DE | Frankfurt am Main
  `),
}

/** Where the story's attacks come from; each attack has sources of its own. */
export const ATTACK_SOURCES = {
  travel: table('86.121.170.174 | 8708 | DIGI ROMANIA S.A. | RO | Tunari, by Bucharest')[0],
  stuffing: table('178.62.192.84 | 14061 | DigitalOcean, LLC | NL | Amsterdam')[0],
  spray: table('51.89.129.33 | 16276 | OVH SAS | GB | London')[0],
  bruteForce: table(`
    117.0.205.149 | 7552 | Viettel Group | VN | Hanoi
    62.248.75.35 | 9121 | Turk Telekomunikasyon Anonim Sirketi | TR | Gebze
    187.66.20.96 | 28573 | Claro NXT Telecomunicacoes Ltda | BR | Itu
    187.145.133.165 | 8151 | Uninet S.A. de C.V. | MX | Tultitlán
    110.136.6.154 | 7713 | Telekomunikasi Indonesia (PT) | ID | Tangerang
    14.42.65.97 | 4766 | Korea Telecom | KR | Goyang
    1.169.10.190 | 3462 | Chunghwa Telecom Co., Ltd. | TW | Yilan
    50.240.159.183 | 7922 | Comcast Cable Communications, LLC | US | Chicago
    31.50.154.110 | 2856 | British Telecommunications PLC | GB | Hatfield
    37.205.130.174 | 3269 | Telecom Italia S.p.A. | IT | Rome
    194.179.100.216 | 3352 | TELEFONICA DE ESPANA S.A.U. | ES | Getafe
    171.96.39.47 | 7470 | TRUE INTERNET CORPORATION CO. LTD. | TH | Samut Prakan
    41.238.144.196 | 8452 | TE-AS | EG | Giza
    179.33.255.159 | 3816 | COLOMBIA TELECOMUNICACIONES S.A. ESP | CO | Zipaquirá
  `),
}

/** The noise of the internet: machines that knock at every door. */
export const SCANNERS = table(`
  45.33.48.212 | 63949 | Akamai Technologies, Inc. | US | Fremont
  18.204.30.194 | 14618 | Amazon.com, Inc. | US | Ashburn
  3.248.6.194 | 16509 | Amazon.com, Inc. | IE | Dublin
  45.32.96.116 | 20473 | The Constant Company, LLC | SG | Singapore
  139.59.109.149 | 14061 | DigitalOcean, LLC | SG | Singapore
  37.120.136.76 | 9009 | M247 Europe SRL | FR | Paris
  119.28.34.102 | 132203 | Shenzhen Tencent Computer Systems Company Limited | HK | Hong Kong
  47.75.80.84 | 45102 | Alibaba (US) Technology Co., Ltd. | HK | Hong Kong
  121.23.1.185 | 4837 | CHINA UNICOM China169 Backbone | CN | Langfang
  217.182.97.57 | 16276 | OVH SAS | GB | London
`)
