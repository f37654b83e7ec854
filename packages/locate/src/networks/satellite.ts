import type { ListedNetwork } from './listed-network.ts'

/**
 * Satellite operators: the address says where the ground station is, not the user.
 * By the country that holds most of their addresses, largest first.
 */
export const satellite: readonly ListedNetwork[] = [
  // US
  [7155, 'ViaSat,Inc.'],
  [14593, 'Space Exploration Technologies Corporation'],
  [6621, 'Hughes Network Systems, LLC'],
  [12684, 'SES ASTRA S.A.'],
  [22351, 'INTELSAT GLOBAL SERVICE CORPORATION'],
  [1358, 'Hughes Network Systems, LLC'],
  [32806, 'MTNSAT Holdings LLC'],
  [40306, 'ViaSat,Inc.'],
  [63062, 'Hughes Network Systems'],
  [19036, 'Telesat Network Services Inc'],
  [31753, 'Inmarsat Government'],
  [36426, 'IsoTropic Networks, Inc.'],
  [205019, 'G1SAT B.V.'],
  [393924, 'RigNet Inc'],
  [16491, 'ViaSat, Inc.'],
  [27277, 'Space Exploration Technologies Corporation'],
  [60725, 'SES ASTRA S.A.'],
  [800, 'OneWeb'],
  [54238, 'Satcom Direct Inc.'],
  [26243, 'Intelsat'],
  [8841, 'Marlink AS'],
  [25687, 'KVH INDUSTRIES,INC.'],
  [64294, 'Panasonic Avionics Corporation'],
  [11167, 'Gogo Business Aviation LLC'],
  [22184, 'IRIDIUM SATELLITE,LLC'],
  [199135, 'Satcom1 Airtime Services ApS'],
  // GB
  [31515, 'Inmarsat Global Limited'],
  [39356, 'Avanti Broadband Ltd'],
  [4913, 'Speedcast Communications, Inc'],
  [13126, 'Satellite Mediaport Services Ltd.'],
  [203101, 'NAVARINO SINGLE MEMBER S.A.'],
  [64401, 'Rignet AS'],
  [212694, 'Applied Satellite Technology Ltd'],
  [210314, 'Marlink AS'],
  // FR
  [29286, 'SKYLOGIC S.P.A.'],
  [44933, 'Marlink AS'],
  [15829, 'Eutelsat S.A.'],
  [34444, 'Eutelsat S.A.'],
  // NO
  [5377, 'Marlink AS'],
  [43905, 'SPACE NORWAY SATCOM AS'],
  [50229, 'Rignet AS'],
  // DE
  [12440, 'Hughes Network Systems GmbH'],
  [39151, 'AXESS Networks Solutions Germany GmbH'],
  [206283, 'Star Satellite Communications Company - PJSC'],
  [44795, 'Hughes Network Systems GmbH'],
  // ID
  [9875, 'PT. Pasifik Satelit Nusantara'],
  [135409, 'Kacific Broadband Satellites Pte Ltd'],
  // SK
  [8264, 'Marlink AS'],
  // AU
  [38172, 'IPSTAR Australia Pty. Ltd.'],
  [38456, 'SpeedCast Pacific Pty Limited'],
  [45603, 'IPSTAR Australia Pty Ltd.'],
  [55784, 'Marlink AS'],
  // PE
  [265705, 'HUGHES DE COLOMBIA S.A.S.'],
  [32034, 'SPEEDCAST LATAM INC.'],
  // NL
  [25222, 'Inmarsat Solutions B.V.'],
  // NG
  [37472, 'Nigerian Communications Satellite Ltd'],
  // ZA
  [328306, 'Avanti Communications South Africa (Pty) Ltd'],
  // CO
  [27855, 'AXESAT S.A'],
  // AE
  [198247, 'Star Satellite Communications Company - PJSC'],
  [44703, 'Thuraya Telecommunications Private Joint-Stock Company'],
  // BR
  [28613, 'HUGHES TELECOMUNICACOES DO BRASIL LTDA.'],
  [40311, 'ViaSat,Inc.'],
  // IN
  [17648, 'Hughes Communications India Private Limited'],
  // ES
  [197991, 'Hispasat S.A'],
  // MX
  [28552, 'HISPASAT MEXICO, S.A. de C.V.'],
  [265554, 'HISPASAT MEXICO, S.A. de C.V.'],
  // PK
  [198381, 'Star Satellite Communications Company - PJSC'],
  // CH
  [16360, 'Signalhorn Trusted Networks GmbH'],
  // AT
  [16212, 'Telesat International Ltd'],
  // IT
  [201935, 'Skylogic Mediterraneo s.r.l'],
  // AO
  [198394, 'Star Satellite Communications Company - PJSC'],
  // TR
  [198504, 'Star Satellite Communications Company - PJSC'],
]
