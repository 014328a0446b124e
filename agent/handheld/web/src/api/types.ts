// What the agent says: docs/handheld.md. Times are milliseconds since 1970 unless named otherwise.

export interface Money {
    minor: number
    currency: string
}
export interface Place {
    lat: number
    lon: number
}
export type HolderKind = 'seller' | 'depot' | 'courier' | 'point' | 'customer' | 'lost'
export interface Holder {
    kind: HolderKind
    id?: string
}
export type ProofKind = 'code' | 'signature' | 'photo' | 'document'
export type MoneyWay = 'cash' | 'card' | 'sbp'

/** When a recipient wants the next attempt. */
export interface Again {
    from_ms: number
    to_ms: number
}

/** The newest act of this courier that stands. */
export type Act =
    | { what: 'handover'; to: Holder; taken: boolean; whom?: string; at_ms: number; undo_until_ms: number } // whom: the colleague's code
    | { what: 'attempt_failed'; reason: string; again_from_ms?: number; again_to_ms?: number; at_ms: number; undo_until_ms: number } // again: when the recipient wants it

export interface Parcel {
    id: string
    number: number
    codes: string[]
    what: string
    on_board: boolean
    holder: Holder
    last: Act | null
}

/** What was taken for an order here and stands; the newest taking can be taken back. */
export interface Paid extends Money {
    way: MoneyWay
    at_ms: number
    undo_until_ms: number
}

export interface Task {
    order: string
    number: string
    sender: string
    planned: boolean
    cancelled: boolean
    incoming: boolean // at a pickup point: to be taken in here, whoever has it
    point: string | null // id of the pickup point that it goes to
    keep_until_ms: number | null // there
    name: string
    phone: string
    address: string
    entrance: string
    floor: string
    intercom: string
    comment: string
    place: Place | null
    from_ms: number | null
    to_ms: number | null
    due: Money | null
    paid: Paid | null
    proof: ProofKind[]
    code: { known: boolean; tries_left: number }
    parcels: Parcel[]
}

export interface Site {
    id: string
    kind: HolderKind
    name: string
    address: string
    place: Place | null
}
export interface Reason {
    name: string
    photo: boolean
    calls: number
}

export interface Scan {
    n: number
    kind: 'parcel' | 'badge' | 'invitation' | 'goods' | 'recipient'
    code: string // of a colleague's code his own one; of a badge nothing
    outcome: 'good' | 'known' | 'unexpected' | 'bad'
    why: string
    parcel: string | null
    order: string | null
    parcels: number // that a colleague's goods brought
    at_ms: number
}

export interface SignIn {
    step: 'not_needed' | 'badge' | 'pin' | 'start' | 'locked'
    tries_left: number
}

export interface Status {
    version: string
    device: string
    server: string
    connection: 'offline' | 'greeting' | 'running' | 'held' | 'leaving'
    locked: boolean
    courier: string
    site: string // id of the pickup point or depot he works at; empty: he drives
    sign_in: SignIn
    shift: { id: string; courier: string; since: string; distance_m: number; break_since: string | null } | null
    unacked: { fact: number; track: number; blob: number; oldest_s: number | null }
    gps: { fitted: boolean; gpsd: boolean; lost: boolean; age_s: number | null; accuracy_m: number | null }
    scanner: boolean | null
    battery: { percent: number; charging: boolean } | null
    storage: { free_bytes: number; step: number }
}

/** Between the dispatchers and this courier, oldest first. */
export interface Message {
    id: string
    own: boolean
    name: string // of the dispatcher
    text: string // empty: not here yet
    at_ms: number
    order: string | null
    state: 'received' | 'waiting' | 'sent' | 'read'
    new: boolean
}

/** Somebody of the office looked at the courier's place, once or several times. */
export interface Look {
    name: string // empty: not known any more
    role: string
    what: 'live' | 'track' | 'events' | 'unknown'
    from_ms: number
    to_ms: number
    of_from_ms: number | null // the time that a track shows
    of_to_ms: number | null
}

export type Mode = 'look' | 'take'

// A depot's floor.
export type FloorTask = 'sort' | 'intake' | 'hand_out' | 'take_back'
export interface Named {
    id?: string
    name?: string
    code?: string // of a courier
}
export interface FloorParcel {
    id: string
    order: string // its number
    number: number
    of: number
    codes: string[]
    holder: Holder & Named
    goal: { kind: 'none' | 'courier' | 'point' | 'depot' | 'back' | 'damaged'; cell: string; place: number } & Named
    cancelled: boolean
    damaged: boolean
    undo_of: 'scan' | 'damage' | null // the newest act of this device
    undo_until_ms: number | null // of that
}
export interface FloorBag {
    number: string
    goal: { kind: FloorParcel['goal']['kind'] } & Named
    moved: number // of its parcels, by this scan
    gone: number // elsewhere, and not moved
    undo: string | null // a parcel of it: taking it back takes all back
    undo_until_ms: number | null
}
export type FloorWord =
    | 'taken' | 'taken_extra' | 'taken_from_courier' | 'taken_cancelled' | 'unknown' | 'unknown_again' | 'here' | 'registry_closed'
    | 'handed' | 'handed_witnessed' | 'handed_inferred' | 'handed_already' | 'confirm_other' | 'confirm_unplanned' | 'confirm_damaged' | 'confirm_with_other'
    | 'cancelled' | 'courier_blocked' | 'returned' | 'returned_witnessed' | 'returned_inferred' | 'confirm_not_his' | 'which' | 'kept' | 'taken_back' | 'not_saved'
    | 'sorted' | 'sorted_back' | 'sorted_damaged' | 'sorted_unplanned' | 'not_here' | 'damaged' | 'damage_taken_back'
    | 'bag_taken' | 'bag_handed' | 'bag_here' | 'bag_partly' | 'bag_open' | 'confirm_bag_goal' | 'bag_singly'
export interface FloorAnswer {
    word: FloorWord
    tone: 'good' | 'warn' | 'refused' | 'ask'
    code: string
    why: string
    parcel: FloorParcel | null
    holder: (Holder & Named) | null // who had it, when that is the matter
    bag: FloorBag | null // that was scanned
    choices: (FloorParcel | null)[]
    at_ms: number
}
export interface Floor {
    depot: Holder & Named
    full: boolean // there may be parcels that it does not know
    here: number
    task: FloorTask
    registry: string | null
    courier: string | null
    registries: { id: string; number: string; sender: string; expected: number; arrived: number; extra: number }[]
    crew: { id: string; code: string; name: string; blocked: boolean; waiting: number; coming: number; carried: number; counted: number }[]
    strangers: { code: string; registry: string | null; known: boolean; at_ms: number }[]
    last: FloorAnswer | null
}

export interface State {
    n: number
    now_ms: number
    status: Status
    mode: Mode
    work: { tasks: Task[]; done: Parcel[]; sites: Site[]; reasons: Reason[] }
    chat: { unread: number; messages: Message[] }
    floor: Floor | null // of a depot's worker in his shift
    scan: Scan | null
    colleague: string // whose invitation was scanned; empty: nobody's
}

/** Where this device is, by its newest fix. */
export interface Position {
    place: Place | null
    accuracy_m: number | null
    age_s: number | null
}

/** What the map's pack of streets holds. */
export interface Streets {
    min_zoom: number
    max_zoom: number
    attribution: string
}

/** A code to show to a colleague. */
export interface Shown {
    code: string
    svg: string
}

export interface Proof {
    kind: ProofKind
    blob?: string
}
