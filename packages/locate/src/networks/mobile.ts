import type { ListedNetwork } from './listed-network.ts'

/**
 * Mobile carriers whose numbers carry mostly phones and data cards.
 * By the country that holds most of their addresses, largest first.
 */
export const mobile: readonly ListedNetwork[] = [
  // US
  [6167, 'Verizon Business'],
  [21928, 'T-Mobile USA, Inc.'],
  [22394, 'Verizon Business'],
  [20057, 'AT&T Enterprises, LLC'],
  [6614, 'T-Mobile USA, Inc.'],
  [398378, 'Boost Mobile'],
  [18933, 'T-Mobile USA, Inc.'],
  [17133, 'T-Mobile USA, Inc.'],
  [23275, 'Lycamobile USA Inc'],
  // CN
  [9808, 'China Mobile'],
  [56046, 'China Mobile Communications Corporation'],
  [56041, 'China Mobile Communications Corporation'],
  [56045, 'China Mobile Communications Corporation'],
  [24445, 'China Mobile'],
  [24444, 'China Mobile'],
  [56048, 'China Mobile Communications Corporation'],
  [56040, 'China Mobile Communications Corporation'],
  [56044, 'China Mobile Communications Corporation'],
  [56047, 'China Mobile Communications Corporation'],
  [24547, 'China Mobile'],
  [24400, 'China Mobile'],
  [56042, 'China Mobile Communications Corporation'],
  [132525, 'China Mobile Communications Corporation'],
  [38019, 'China Mobile'],
  [134810, 'China Mobile Communications Corporation'],
  [139080, 'China Mobile Communications Corporation'],
  [132510, 'China Mobile Communications Corporation'],
  [141425, 'China Mobile Communications Corporation'],
  [138407, 'China Mobile Communications Corporation'],
  [140105, 'China Mobile Communications Corporation'],
  // BR
  [26599, 'TELEFONICA BRASIL S.A'],
  [26615, 'TIM S/A'],
  [22085, 'Claro S/A'],
  // EG
  [36992, 'ETISALAT MISR'],
  [37069, 'The Egyptian Company for Mobile Services (Mobinil)'],
  [24835, 'Vodafone Data - Egypt'],
  // IN
  [55836, 'Reliance Jio Infocomm Limited'],
  [45609, 'Bharti Airtel Limited'],
  [55831, 'Aircel Ltd.'],
  [45271, 'Vodafone Idea Ltd. (VIL)'],
  [38266, 'Vodafone Idea Ltd. (VIL)'],
  [55410, 'Vodafone Idea Ltd. (VIL)'],
  // ID
  [23693, 'PT. Telekomunikasi Selular'],
  [4761, 'PT. INDOSAT Tbk'],
  [24203, 'PT XL Axiata'],
  [17885, 'PT XL Axiata Tbk'],
  [133798, 'PT. Smartfren Telecom, Tbk'],
  [45727, 'PT Indosat Ooredoo Hutchison'],
  // KR
  [9644, 'SK Telecom'],
  [18302, 'SK Telecom'],
  [17853, 'LGTELECOM'],
  [10171, 'SKTelink'],
  // ZA
  [16637, 'MTN SA'],
  [29975, 'Vodacom'],
  [37168, 'Cell C (Pty) Ltd'],
  [36994, 'Vodacom'],
  [37105, 'RAIN GROUP HOLDINGS (PTY) LTD'],
  // CO
  [26611, 'COMCEL S.A.'],
  [27831, 'Colombia Movil'],
  // TN
  [37693, 'OOREDOO TUNISIE SA'],
  [37492, 'Orange Tunisie'],
  // SA
  [35819, 'Etihad Etisalat, a joint stock company'],
  [39891, 'Saudi Telecom Company JSC'],
  [34400, 'Etihad Etisalat, a joint stock company'],
  [43766, 'Mobile Telecommunication Company Saudi Arabia Joint-Stock company'],
  // IR
  [197207, 'Mobile Communication Company of Iran PLC'],
  [44244, 'Iran Cell Service and Communication Company'],
  [57218, '"Rightel Communication Service Company PJS"'],
  // TW
  [9674, 'Far EastTone Telecommunication Co., Ltd.'],
  [17421, 'Mobile Business Group'],
  [24158, 'Taiwan Mobile Co., Ltd.'],
  // MA
  [36925, 'MEDITELECOM'],
  [36884, 'Wana Corporate'],
  // TR
  [16135, 'TURKCELL ILETISIM HIZMETLERI A.S.'],
  [15897, 'Vodafone Telekomunikasyon A.S.'],
  [20978, 'TT Mobil Iletisim Hizmetleri A.S'],
  // IT
  [16232, 'Telecom Italia S.p.A.'],
  [24608, 'WIND TRE S.P.A.'],
  // The database names a sister company; the number is that of Iliad Italia.
  [29447, 'SCALEWAY S.A.S.', 'mixed'],
  // KE
  [33771, 'Safaricom Limited'],
  [36926, 'Airtel Networks Kenya Limited'],
  [37061, 'Safaricom Limited'],
  // JP
  [9605, 'NTT DOCOMO, INC.'],
  [138384, 'Rakuten Mobile, Inc.'],
  [23720, 'Rakuten Mobile, Inc.'],
  [10012, 'Rakuten Mobile, Inc.'],
  // VE
  [6306, 'TELEFONICA VENEZOLANA, C.A.'],
  [27889, 'Telecomunicaciones MOVILNET'],
  // DK
  [9158, 'Telenor A/S'],
  // NO
  [25400, 'Telia Norge AS'],
  // PL
  [12912, 'T-Mobile Polska S.A.'],
  [39603, 'P4 Sp. z o.o.'],
  [8374, 'Polkomtel Sp. z o.o.'],
  // UA
  [15895, '"Kyivstar" PJSC'],
  [21497, 'PrJSC "VF UKRAINE"'],
  [34058, 'Limited Liability Company "lifecell"'],
  [205188, 'Lycamobile Ukraine LLC'],
  // GH
  [30986, 'Scancom Ltd.'],
  [37140, 'Airtel Ghana Limited'],
  [29614, 'VODAFONE GHANA AS INTERNATIONAL TRANSIT'],
  // RU
  [31133, 'PJSC MegaFon'],
  [20632, 'PJSC MegaFon'],
  [16345, 'PJSC "Vimpelcom"'],
  [12958, 'T2 Mobile LLC'],
  [25159, 'PJSC MegaFon'],
  [31163, 'PJSC MegaFon'],
  [31213, 'PJSC MegaFon'],
  [29648, 'PJSC MegaFon'],
  [48092, 'T2 Mobile LLC'],
  [41330, 'T2 Mobile LLC'],
  [15378, 'T2 Mobile LLC'],
  [48190, 'T2 Mobile LLC'],
  [31261, 'PJSC MegaFon'],
  [42437, 'T2 Mobile LLC'],
  // CI
  [36974, "MTN COTE D'IVOIRE S.A"],
  [29571, "ORANGE COTE D'IVOIRE"],
  // SD
  [36998, 'Sudanese Mobile Telephone (ZAIN) Co Ltd'],
  [36972, 'MTN SUDAN'],
  // NG
  [29465, 'MTN NIGERIA Communication limited'],
  [36873, 'Airtel Networks Limited'],
  [37148, 'Globacom Limited'],
  [37076, 'Emerging Markets Telecommunication Services (EMTS) Limited'],
  // KZ
  [29355, 'Kcell JSC'],
  [21299, 'Kar-Tel LLC'],
  [48503, 'Mobile Telecom-Service LLP'],
  [197556, 'Kar-Tel LLC'],
  [35104, 'Jusan Mobile JSC'],
  // AU
  [133612, 'Vodafone Australia Pty Ltd'],
  // UG
  [37075, 'Airtel Uganda Limited'],
  [20294, 'MTN Uganda'],
  // KW
  [42961, 'Mobile Telecommunications Company'],
  [29357, 'NATIONAL MOBILE TELECOMMUNICATIONS COMPANY K.S.C.P.'],
  [47589, 'Kuwait Telecommunication Company (Under Association)'],
  // FR
  [51207, 'Free Mobile SAS'],
  // SE
  [44034, 'Hi3G Access AB'],
  // CZ
  [13036, 'T-Mobile Czech Republic a.s.'],
  // MY
  [9534, 'Maxis Broadband Sdn Bhd'],
  [4818, 'DiGi Telecommunications Sdn Bhd., Digi Internet Exchange'],
  [10030, 'Celcom Axiata Berhad'],
  [38466, 'U Mobile Sdn Bhd'],
  // ZM
  [37287, 'Zain Zambia PLC'],
  // BE
  [47377, 'Orange Belgium SA'],
  // PY
  [23201, 'Telecel S.A.'],
  [27895, 'Nucleo S.A.'],
  // GB
  [206067, 'Hutchison 3G UK Limited'],
  [35228, 'Telefonica UK Limited'],
  [25135, 'Vodafone Limited'],
  [29180, 'Telefonica UK Limited'],
  // TH
  [45458, 'ADVANCED WIRELESS NETWORK COMPANY LIMITED'],
  [24378, 'Total Access Communication PLC.'],
  [9587, 'DTAC TriNet Co.,Ltd.'],
  [131445, 'ADVANCED WIRELESS NETWORK COMPANY LIMITED'],
  [45430, 'ADVANCED WIRELESS NETWORK COMPANY LIMITED'],
  [132618, 'True Move Company Limited'],
  // HK
  [17924, 'Smartone Mobile communications Limited'],
  [137872, 'China Mobile Hong Kong Company Limited'],
  [38819, 'CSL Limited'],
  [9231, 'China Mobile Hong Kong Company Limited'],
  [9474, 'Smartone Mobile Comm. Limited'],
  // AO
  [37119, 'UNITEL SA'],
  [37081, 'Movicel Telecomunicacoes S.A.'],
  [328943, 'Africell Angola S.A'],
  // TZ
  [37133, 'Airtel Tanzania'],
  [37035, 'MIC TANZANIA LTD'],
  [36908, 'Vodacom Tanzania Ltd'],
  [327885, 'Viettel Tanzania PLC'],
  // NL
  [31615, 'Odido Netherlands B.V.'],
  [15670, 'T-mobile Netherlands B.V.'],
  [34430, 'T-mobile Netherlands B.V.'],
  [20507, 'T-mobile Netherlands B.V.'],
  // AT
  [25255, 'Hutchison Drei Austria GmbH'],
  // SG
  [4773, 'M1 LIMITED'],
  [45143, 'Singapore Telecom Mobile Pte Ltd'],
  // BO
  [28024, 'Nuevatel PCS de Bolivia S.A.'],
  [27882, 'Telefonica Celular de Bolivia S.A.'],
  // PH
  [132199, 'Globe Telecom Inc.'],
  [10139, 'Smart Broadband, Inc.'],
  // BG
  [8717, 'A1 Bulgaria EAD'],
  [35141, 'A1 Bulgaria EAD'],
  // BY
  [25106, 'Mobile TeleSystems JLLC'],
  [44087, '"BeST" CJSC'],
  // LV
  [20910, 'SIA "BITE Latvija"'],
  [2588, 'SIA "BITE Latvija"'],
  [24921, 'Latvijas Mobilais Telefons SIA'],
  // HU
  [213155, 'Yettel Hungary Ltd.'],
  // RO
  [8953, 'Orange Romania S.A.'],
  [35725, 'TELEKOM ROMANIA MOBILE COMMUNICATIONS S.A.'],
  // SI
  [21283, 'A1 Slovenija telekomunikacijske storitve,d.d.'],
  // OM
  [50010, 'Omani Qatari Telecommunications Company SAOC'],
  // GE
  [16010, 'Magticom Ltd.'],
  // CL
  [27925, 'Entel PCS Telecomunicaciones S.A.'],
  [27680, 'TELEFONICA MOVIL DE CHILE S.A.'],
  [52341, 'WOM S.A.'],
  // MU
  [30999, 'Emtel Ltd'],
  // CM
  [36912, 'Orange Cameroun SA'],
  [30992, 'MTN Network Solutions (Cameroon)'],
  // SK
  [15962, 'Orange Slovensko a.s.'],
  // PT
  [42863, 'MEO - SERVICOS DE COMUNICACOES E MULTIMEDIA S.A.'],
  // GR
  [29247, 'Ote SA (Hellenic Telecommunications Organisation)'],
  // HR
  [31012, 'A1 Hrvatska d.o.o.'],
  [35549, 'A1 Hrvatska d.o.o.'],
  [29485, 'A1 Hrvatska d.o.o.'],
  // GM
  [37309, 'QCell Limited'],
  [37524, 'Africell Gambia'],
  // BH
  [51375, 'STC BAHRAIN B.S.C CLOSED'],
  [31452, 'ZAIN BAHRAIN B.S.C.'],
  // SY
  [48065, 'Syriatel Mobile Telecom'],
  // BF
  [37577, 'Orange Burkina Faso'],
  // MD
  [25454, 'ORANGE MOLDOVA S.A.'],
  [31204, 'ORANGE MOLDOVA S.A.'],
  [43925, 'MOLDCELL S.A.'],
  // NP
  [38565, 'Ncell Pty. Ltd.'],
  // LK
  [18001, 'Dialog Axiata Plc'],
  [45356, 'Mobitel Pvt Ltd'],
  [17470, 'Hutchison Telecommunications Lanka (Private) Limited'],
  // MZ
  [37342, 'Movitel, SA'],
  [37223, 'Vodacom Mocambique S.A'],
  // PK
  [45669, 'Mobilink GSM, Pakistan Mobile Communication Ltd.'],
  [59257, 'CMPak Limited'],
  [24499, 'Telenor Pakistan (Pvt) Ltd'],
  // IE
  [13280, 'Three Ireland (Hutchison) limited'],
  // MW
  [37294, 'TELEKOM NETWORKS MALAWI LTD'],
  [37440, 'Airtel Malawi Ltd'],
  // UY
  [19422, 'Telefonica Moviles del Uruguay SA'],
  // EC
  [23487, 'CONECEL'],
  [19114, 'Otecel S.A.'],
  // NA
  [37009, 'MTC - Mobile Telecommunications, Ltd.'],
  // MK
  [16333, 'Company for communications services A1 Makedonija DOOEL Skopje'],
  [43612, 'Company for communications services A1 Makedonija DOOEL Skopje'],
  // LT
  [13194, 'UAB "Bite Lietuva"'],
  // PR
  [11992, 'Liberty Mobile Puerto Rico Inc.'],
  // CG
  [37463, 'MTN CONGO'],
  [37550, 'Airtel Congo S.A'],
  // CH
  [15796, 'Salt Mobile SA'],
  // MX
  [7438, 'Pegaso PCS, S.A. de C.V.'],
  [28403, 'RadioMovil Dipsa, S.A. de C.V.'],
  // DZ
  [327931, 'Optimum Telecom Algeria'],
  [33779, 'Wataniya Telecom Algerie'],
  // KH
  [38623, 'VIETTEL (CAMBODIA) PTE., LTD'],
  // AM
  [43733, 'Viva Armenia CJSC'],
  [42109, 'Viva Armenia CJSC'],
  // RW
  [36890, 'MTN Rwandacell'],
  [327707, 'Airtel Rwanda Ltd'],
  // RS
  [6700, 'TELEKOM SRBIJA a.d.'],
  [44143, 'A1 Srbija d.o.o. Beograd'],
  // MG
  [37037, 'Orange Madagascar'],
  [37303, 'Airtel Madagascar'],
  // AZ
  [31721, '"Azercell Telecom Ltd" Azerbaijan-Turkey Joint Venture'],
  // LS
  [37057, 'Vodacom Lesotho (Pty) Ltd'],
  // VN
  [131429, 'MOBIFONE Corporation'],
  // MM
  [133385, 'Atom Myanmar Limited'],
  [136255, 'Telecom International Myanmar Company Limited'],
  [132167, 'Nine Communications Company Limited'],
  // CA
  [36522, 'Bell Canada'],
  // GT
  [23243, 'COMCEL GUATEMALA S.A.'],
  // JM
  [40786, 'Digicel Jamaica'],
  [33576, 'Digicel Jamaica'],
  // SL
  [328297, 'QCell (SL) Limited'],
  [37164, 'Orange (SL) Limited'],
  [36988, 'Africell Sierra Leone Limited'],
  // IQ
  [51684, 'ASIACELL COMMUNICATIONS PJSC'],
  [203217, 'Horizon Scope Mobile Telecom WLL'],
  [59588, 'Al Atheer Telecommunication-Iraq Co. Ltd. Incorporated in Cayman Islands'],
  // CD
  [37020, 'CELTEL DRC'],
  [37447, 'ORANGE RDC'],
  [37453, 'Vodacom Congo'],
  [327738, 'STE AFRICELL RDC SPRL'],
  // SV
  [263783, 'Telefonica Moviles El Salvador S.A. de C.V.'],
  [17079, 'Telemovil El Salvador S.A.'],
  [12127, 'Telefonica Moviles El Salvador S.A. de C.V.'],
  // BD
  [24389, 'grameenphone limited'],
  [45245, 'Banglalink Digital Communications Ltd'],
  // IS
  [44735, 'Nova hf'],
  // IL
  [16116, 'Pelephone Communications Ltd.'],
  // QA
  [48728, 'Vodafone Qatar P.Q.S.C'],
  [211559, 'Vodafone Qatar P.Q.S.C'],
  // MR
  [37541, 'Chinguitel S.A'],
  [37508, 'MATTEL'],
  // BI
  [327799, 'VIETTEL BURUNDI SA'],
  // BW
  [36963, 'Orange Botswana (PTY) Ltd'],
  // MV
  [55944, 'OOREDOO MALDIVES PRIVATE LIMITED'],
  // NE
  [37233, 'Zamani Telecom Niger SA'],
  [37531, 'Airtel Niger'],
  // NI
  [28036, 'Telefonia Celular de Nicaragua SA.'],
  // SZ
  [327765, 'Swazi MTN Ltd'],
  [328169, 'Swazi Mobile Limited'],
  // PG
  [58460, 'Digicel (PNG) Ltd'],
  // HN
  [52262, 'Telefonica Celular S.A'],
  // SO
  [37371, 'Hormuud Telecom Somalia INC'],
  [37563, 'SOMTEL INTERNATIONAL Ltd'],
  // CV
  [37575, 'UNITEL T+ Telecomunicacoes, Sociedade Unipessoal, S.A.'],
  // UZ
  [41202, 'UNITEL LLC'],
  // TJ
  [43197, 'Closed Joint Stock Company TT mobile'],
  // ET
  [328988, 'SAFARICOM TELECOMMUNICATIONS ETHIOPIA PLC'],
  // ES
  [62352, 'XFERA Moviles S.A.'],
  // AR
  [262175, 'Telefonica Moviles Argentina S.A. (Movistar Argentina)'],
  // GN
  [37427, 'Cellcom Guinea'],
]
