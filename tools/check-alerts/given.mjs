/**
 * Numbers that no line of evidence can show, each with the reason. Any other number that is not recomputed is an
 * error: a new field of the alert has to be put either into a formula or here.
 */
const GIVEN = [
  [/^source\.(as\.number|geo\.location\.(lat|lon))$/, 'looked up in the dated databases'],
  [/^sekisho\.source\.radius_km$/, 'looked up in the dated databases'],
  [
    /^sekisho\.travel\.(from|to)\.(asn|radius_km|location\.(lat|lon))$/,
    'looked up in the dated databases',
  ],
  [/^sekisho\.(revision|material_revision|alert\.reopened)$/, 'counts arrivals'],
  [/^sekisho\.alert\.version$/, 'counts every line of the user or source on the day'],
  [
    /\.quantities\.(active_days|active_days_min|network_days|from_network_days)$/,
    'history of the user',
  ],
  [
    /\.quantities\.(silent_days|known_days|known_country|logins|logins_near)$/,
    'history of the user',
  ],
  [/^sekisho\.counts\.active_days$/, 'history of the user'],
  [
    /\.quantities\.(country_share|network_user_days|user_days|history_days)$/,
    'profile of the organisation',
  ],
  [/\.quantities\.organisation_concurrent_share$/, 'profile of the organisation'],
  [/\.quantities\.concurrent_s$/, 'needs every session line of both ends'],
  [/\.quantities\.(users_new_country|users_new_operator)$/, 'history of the users'],
  [/\.quantities\.[a-z_]+_users$/, 'needs every line of the window'],
  [/\.quantities\.users$/, 'needs every line of the window'],
  [
    /\.quantities\.(failures|networks|locked_out|session_lines|autonomous_system_(from|to))$/,
    'needs more lines than are shown',
  ],
  [
    /^sekisho\.counts\.(flagged_panes|rounds_max|firings|users_counted|moves_explained)$/,
    'needs more lines than are shown',
  ],
  [
    /^sekisho\.counts\.(attempts|failures_vouched|networks|addresses|session_lines)$/,
    'needs more lines than are shown',
  ],
  [/^sekisho\.evidence_total$/, 'needs more lines than are shown'],
]

/** Why a number is taken as given; undefined when it must not be. */
export function givenReasonOf(path) {
  return GIVEN.find(([pattern]) => pattern.test(path))?.[1]
}
