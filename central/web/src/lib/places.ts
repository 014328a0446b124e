// A place as two typed numbers. Pure.
import type { Place } from '../api/types'

export interface PlaceText {
    lat: string
    lon: string
}

export function textOfPlace(place: Place | null): PlaceText {
    return place ? { lat: degrees(place.lat), lon: degrees(place.lon) } : { lat: '', lon: '' }
}

const degrees = (value: number) => String(Number(value.toFixed(6))) // a decimetre

/** Null: none is given. Undefined: what is typed is no place (the map ends at 85°). */
export function placeOf({ lat, lon }: PlaceText): Place | null | undefined {
    if (lat.trim() === '' && lon.trim() === '') return null
    const place = { lat: number(lat), lon: number(lon) }
    return Math.abs(place.lat) <= 85 && Math.abs(place.lon) <= 180 ? place : undefined
}

function number(text: string): number {
    const bare = text.trim().replace(',', '.').replace('−', '-')
    return /^-?\d{1,3}(\.\d+)?$/.test(bare) ? Number(bare) : NaN
}

/** `55.75, 37.61` pasted into one field is both. */
export function pairIn(text: string): PlaceText | null {
    const match = /^\s*(-?\d{1,3}\.\d+)\s*[,;\s]\s*(-?\d{1,3}\.\d+)\s*$/.exec(text)
    return match ? { lat: match[1] ?? '', lon: match[2] ?? '' } : null
}
