import type { ListedNetwork } from './listed-network.ts'

/**
 * Research and education networks: access lines of universities and schools.
 * By the country that holds most of their addresses, largest first.
 */
export const education: readonly ListedNetwork[] = [
  // US
  [7377, 'University of California, San Diego'],
  [237, 'Merit Network Inc.'],
  [81, 'MCNC'],
  [2152, 'CENIC'],
  [3479, 'Board of Regents of the University System of Georgia'],
  [210, 'Utah Education Network'],
  [600, 'OARnet'],
  [6325, 'Illinois Century Network'],
  [2572, 'University of Missouri - dba the Missouri Research and Education Network (MOREn'],
  [3128, 'University of Wisconsin System'],
  [10430, 'Washington State K-20 Telecommunications Network'],
  [2381, 'WiscNet'],
  [3480, 'Board of Regents of the University System of Georgia'],
  [11714, 'Network Nebraska'],
  [226, 'Los Nettos'],
  [1968, 'UMASSNET'],
  [5078, 'Oklahoma Network for Education Enrichment and'],
  [21976, 'NJEDge.Net, Inc.'],
  [2495, 'Kansas Research and Education Network'],
  // CN
  [4538, 'China Education and Research Network Center'],
  [7497, 'CNIC-CAS'],
  // DE
  [680, 'Verein zur Foerderung eines Deutschen Forschungsnetzes e.V.'],
  [553, 'Universitaet Stuttgart'],
  [12816, 'Leibniz-Rechenzentrum'],
  // NL
  [1103, 'SURF B.V.'],
  [1101, 'SURF B.V.'],
  [1128, 'SURF B.V.'],
  [1124, 'Universiteit van Amsterdam'],
  // JP
  [2907, 'Research Organization of Information and Systems, National Institute of Informa'],
  // GB
  [786, 'Jisc Services Limited'],
  // TW
  [1659, 'Taiwan Academic Network (TANet) Information Center'],
  // FR
  [2200, 'Renater'],
  [1942, 'Renater'],
  [1715, 'Renater'],
  [1945, 'Renater'],
  [2269, 'Renater'],
  // IT
  [137, 'Consortium GARR'],
  // CH
  [559, 'SWITCH'],
  // IE
  [1213, 'HEAnet CLG'],
  // ES
  [766, 'Entidad Publica Empresarial Red.es'],
  // AU
  [7575, 'Australian Academic and Research Network'],
  [23859, 'Australian Academic and Research Network'],
  // CA
  [376, "Reseau d'Informations Scientifiques du Quebec (RISQ Inc.)"],
  [271, 'BCnet'],
  // IL
  [378, 'IUCC - Israel InterUniversity Computation Center'],
  // ZA
  [2018, 'TENET (The UNINET Project)'],
  // NO
  [224, 'SIKT - KUNNSKAPSSEKTORENS TJENESTELEVERANDOR'],
  // BE
  [2611, 'BELNET'],
  // CZ
  [2852, 'CESNET z.s.p.o.'],
  // BR
  [1916, 'Rede Nacional de Ensino e Pesquisa'],
  // FI
  [1741, 'CSC - Tieteen tietotekniikan keskus Oy'],
  // SK
  [2607, 'Zdruzenie pouzivatelov Slovenskej akademickej datovej siete'],
  // SE
  [1653, 'Vetenskapsradet / SUNET'],
  // SI
  [2107, 'ARNES'],
  // HU
  [1955, 'KIFU (Governmental Info Tech Development Agency)'],
  // PT
  [1930, 'Fundacao para a Ciencia e a Tecnologia, I.P.'],
  // AT
  [1853, 'ACONET'],
  // KE
  [36914, 'Kenya Education Network'],
  // PL
  [8308, 'NAUKOWA I AKADEMICKA SIEC KOMPUTEROWA - PANSTWOWY INSTYTUT BADAWCZY'],
  // HR
  [2108, 'Croatian Academic and Research Network'],
  // TR
  [8517, 'National Academic Network and Information Center'],
  // GR
  [5408, 'National Infrastructures for Research and Technology S.A.'],
]
