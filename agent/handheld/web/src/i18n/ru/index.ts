// The Russian texts of the first screens. With those that come later (late.ts, floor.ts, map.ts) they give the keys; English must
// have the same.
import type { Text } from '@shared/dictionary'
import { common } from './common'
import type { floor } from './floor'
import type { late } from './late'
import type { map } from './map'
import { people } from './people'
import { problems } from './problems'
import { stops } from './stops'
import { work } from './work'

export const ru = { ...common, ...people, ...problems, ...stops, ...work } satisfies Record<string, Text>

/** Words that come with the later screens (learnLate). */
export type LateKey = keyof typeof floor | keyof typeof late | keyof typeof map
export type Key = keyof typeof ru | LateKey
