import type { Role } from '../api/types'

/** All roles, in the order they are offered. */
export const roles = ['admin', 'dispatcher', 'operator', 'accountant', 'analyst', 'depot', 'clerk'] as const satisfies Role[]
