export type Bbox = [west: number, south: number, east: number, north: number]
