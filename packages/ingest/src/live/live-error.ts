/** Why a live source cannot begin: one sentence for the user, with what he can do about it. */
export class LiveError extends Error {}
