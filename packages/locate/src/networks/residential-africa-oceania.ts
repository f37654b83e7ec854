import type { ListedNetwork } from './listed-network.ts'

/**
 * Fixed access networks in Africa and Oceania: homes, small offices, leased lines.
 * By the country that holds most of their addresses, largest first.
 */
export const residentialAfricaOceania: readonly ListedNetwork[] = [
  // AU
  [1221, 'Telstra Limited', 'mixed'],
  [4804, 'SingTel Optus Pty Ltd', 'mixed'],
  [7545, 'TPG Internet Pty Ltd', 'mixed'],
  [9443, 'VOCUS PTY LTD'],
  [4739, 'iiNet Limited'],
  [2764, 'AAPT Limited'],
  [703, 'Verizon Business'],
  [7474, 'SingTel Optus Pty Ltd'],
  [135887, 'Telstra Limited'],
  [4826, 'VOCUS PTY LTD'],
  [38809, 'VOCUS PTY LTD'],
  [38195, 'SUPERLOOP (AUSTRALIA) PTY LTD'],
  [10143, 'SUPERLOOP (AUSTRALIA) PTY LTD'],
  [37978, 'Telstra Corporation Limited'],
  // EG
  [8452, 'TE-AS'],
  [24863, 'LINKdotNET AS number'],
  [36935, 'Vodafone Data'],
  [20928, 'Noor Data Networks ASN'],
  // ZA
  [3741, 'Dimension Data'],
  [5713, 'Telkom SA Ltd.', 'mixed'],
  [37457, 'Telkom SA Ltd.', 'mixed'],
  [12091, 'MTN SA'],
  [36937, 'Liquid Telecommunications South Africa (Pty) Ltd'],
  [10474, 'Dimension Data'],
  [20011, 'Dimension Data'],
  [37611, 'AFRIHOST SP (PTY) LTD'],
  [11845, 'Vox Telecom Ltd'],
  [327782, 'Metrofibre Networx'],
  [36874, 'Cybersmart'],
  [36943, '1 GRID (PTY) LTD'],
  // MA
  [6713, 'Itissalat Al-MAGHRIB', 'mixed'],
  [36903, 'Office National des Postes et Telecommunications ONPT (Maroc Telecom) / IAM', 'mixed'],
  // DZ
  [36947, 'Telecom Algeria'],
  [36891, 'Icosnet SPA'],
  // NZ
  [9500, 'One New Zealand Group Limited', 'mixed'],
  [4771, 'Spark New Zealand Trading Limited', 'mixed'],
  [9790, 'Two Degrees Mobile Limited', 'mixed'],
  [4768, 'One New Zealand Group Limited'],
  [17435, 'Vodafone Next Generation Services Limited'],
  [23655, 'Two Degrees Mobile Limited', 'mixed'],
  [56030, 'Voyager Internet Ltd.'],
  [55850, 'Mercury NZ Limited'],
  [4648, 'Spark New Zealand Trading Limited'],
  // TN
  [327934, 'SOCIETE NATIONALE DES TELECOMMUNICATIONS (Tunisie Telecom)', 'mixed'],
  [37705, 'TOPNET'],
  [2609, 'Tunisia BackBone AS'],
  [37671, '3S INF'],
  // MU
  [23889, 'MauritiusTelecom', 'mixed'],
  [30844, 'Liquid Telecommunications Ltd'],
  [33770, 'Liquid Telecommunications Kenya Limited - Liquid Telecommunications Kenya Limited'],
  // KE
  [12455, 'Jambonet Autonomous System'],
  [15399, 'Wananchi Group (K) LTD'],
  [15808, 'AccessKenya Group'],
  [36866, 'Jamii Telecommunications Limited'],
  // ZM
  [37154, 'Zambia Telecommunications Company Ltd aka ZAMTEL'],
  // GA
  [16058, 'Gabon Telecom Internet Network Autonomous System'],
  [36924, "GVA Cote d'Ivoire SAS"],
  // MG
  [37054, 'Telecom Malagasy', 'mixed'],
  // NG
  [36923, 'SWIFT NETWORKS LIMITED'],
  [37282, 'Main one Cable Company Nigeria Limited'],
  [37340, 'SPECTRANET LIMITED'],
  [29091, 'ipNX Nigeria Limited'],
  // RE
  [21351, 'Canal + Telecom SAS'],
  [37002, 'Reunicable SAS'],
  [327697, 'TELCO OI SAS'],
  [34306, 'SOCIETE REUNIONNAISE DU RADIOTELEPHONE SCS'],
  // LY
  [21003, 'LTT Autonomous System, Tripoli Libya'],
  [37284, 'Aljeel Aljadeed For Technology'],
  // SN
  [8346, 'SONATEL-AS Autonomous System', 'mixed'],
  [37649, 'SAGA AFRICA HOLDINGS LIMITED'],
  // NA
  [36996, 'Telecom Namibia'],
  [33763, 'Paratus Telecommunications Limited'],
  [36999, 'Telecom Namibia'],
  // ET
  [24757, 'EthioNet', 'mixed'],
  // TG
  [24691, 'TogoTelecom, Togo'],
  // AO
  [11259, 'Angola Telecom'],
  [36907, 'TV CABO ANGOLA LDA'],
  [17400, 'MSTelcom-Mercury Servicos de Telecomunicacoes, S.A.R.L'],
  // SD
  [15706, 'Sudatel Telecom Group'],
  [33788, 'Kanar Telecommunication (Canar Telecom Co.Ltd)'],
  // CM
  [15964, 'CAMEROON TELECOMMUNICATIONS NETWORK'],
  // GU
  [3605, 'Kuentos Communications, Inc.'],
  [7131, 'PTI Pacifica Inc.'],
  [9246, 'TeleGuam Holdings'],
  // RW
  [37228, 'KT RWANDA NETWORK Ltd'],
  [37619, 'Broadband Systems Corporation'],
  // BJ
  [328228, "SOCIETE BENINOISE D'INFRASTRUCTURES NUMERIQUES"],
  [28683, 'Office des Postes et telecommunications du Benin'],
  [37090, 'ISOCEL SA'],
  // MZ
  [25139, 'TVCABO - Comunicacoes Multimedia, Lda'],
  [30619, 'TMCEL - Mocambique Telecom, SA'],
  // NC
  [18200, 'Office des Postes et des Telecomm. de Nouvelle Caledonie'],
  [56089, 'OFFRATEL'],
  [17480, "CAN'L"],
  // BW
  [14988, 'Botswana Telecommunications Corporation'],
  [37678, 'BOTSWANA FIBRE NETWORKS (Proprietary) Limited'],
  // TZ
  [33765, 'TANZANIA TELECOMMUNICATIONS CO. LTD'],
  // ML
  [30985, 'IKATEL SA'],
  [36864, 'AFRIBONE MALI SA'],
  // PF
  [9471, 'ONATI'],
  [55943, 'ONATI'],
  // BF
  [37526, 'TELECEL FASO'],
  [25543, "ONATEL/FasoNet's Autonomous System ONATEL BURKINA"],
  // FJ
  [4638, 'Connect Internet Services'],
  [38442, 'Vodafone Fiji Limited'],
  [9241, 'Fiji International Telecommunications Ltd'],
  // SC
  [36902, 'Intelvision Ltd'],
  [36958, 'Cable & Wireless (Seychelles) Ltd'],
  [37343, 'Telecom Seychelles Limited'],
  // LS
  [33567, 'Econet Telecom Lesotho (PTY) LTD'],
  // CV
  [37517, 'CABO VERDE TELECOM, S.A'],
  // DJ
  [30990, 'DJIBOUTI TELECOM S.A.'],
  // PG
  [17828, 'PNG DATACO LIMITED'],
  [55792, 'Datec-PNG'],
  [38009, 'Telikom PNG LTD'],
  // SZ
  [19711, 'SWAZILAND PTC'],
  // MR
  [29544, 'Mauritanian Telecommunication Company'],
  // SO
  [37473, 'Telesom'],
  [37326, 'Global Internet Company'],
  // LR
  [37410, 'Lonestar Communications Corporation'],
  [37203, 'Liberia Telecommunications Corporation (libtelco)'],
  // GM
  [25250, 'Gambia Telecoms Backbone Network Network'],
  // WS
  [17993, 'Vodafone Samoa Limited'],
  [38800, 'Digicel Samoa Ltd'],
  // MW
  [36969, 'Malawi Telecommunications Limited'],
  // NE
  [37385, 'Societe Nigerienne des Telecommunications (SONITEL)'],
  // ST
  [328191, 'Companhia Santomense de Telecomunicacoes'],
  [327725, 'UNITEL STP SARL'],
  // CG
  [37451, 'CONGO TELECOM'],
  // VU
  [9249, 'Telecom Vanuatu Limited'],
  [45935, 'Wantok Network Limited'],
  // SB
  [45891, 'Solomon Telekom Co Ltd'],
  // TV
  [23917, 'Tuvalu Telecommunications Corporation'],
  // GQ
  [37529, 'Gestora de Infraestructuras de Telecomunicaciones de Guinea Ecuatorial'],
  // BI
  [37545, 'Burundi Backbone System SM'],
  // TO
  [38201, 'Tonga Communications Corporation'],
  // PW
  [17893, 'Palau National Communications Corporation'],
  // MH
  [24439, 'National Telecommunications Authority'],
  // KM
  [36939, 'Comores Telecom'],
  // ER
  [30987, 'Eritrea Telecommunication Service corporation (EriTel)'],
]
