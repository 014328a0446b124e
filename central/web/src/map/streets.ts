// Streets from central's own vector tiles, and how they are drawn. Layers and fields are named in the contract (/tiles).
import type { FeatureLike } from 'ol/Feature'
import MVT from 'ol/format/MVT'
import VectorTileLayer from 'ol/layer/VectorTile'
import { transformExtent } from 'ol/proj'
import VectorTileSource from 'ol/source/VectorTile'
import { Circle, Fill, Stroke, Style, Text } from 'ol/style'
import { createXYZ } from 'ol/tilegrid'
import type { MapInfo } from '../api/types'
import type { MapLang } from './base_layers'
import type { Palette } from './palette'

type TileInfo = NonNullable<MapInfo['tiles']>

export function streetLayer(tiles: TileInfo): VectorTileLayer {
    const extent = transformExtent(tiles.bounds, 'EPSG:4326', 'EPSG:3857')
    const source = new VectorTileSource({
        format: new MVT(),
        url: tiles.url,
        extent,
        tileGrid: createXYZ({ minZoom: tiles.min_zoom, maxZoom: tiles.max_zoom, tileSize: 512 }),
    })
    // zIndex above the base map, names share one declutter group with its towns
    return new VectorTileLayer({ source, extent, zIndex: 5, declutter: true, minZoom: tiles.min_zoom - 0.5 })
}

interface RoadLook {
    rank: number
    width: number // metres on the ground, as drawn
    least: number // pixels
    from: number // zoom
    main: boolean
}
const roads: Record<string, RoadLook> = {
    motorway: { rank: 9, width: 16, least: 2.4, from: 0, main: true },
    trunk: { rank: 8, width: 15, least: 2.2, from: 0, main: true },
    primary: { rank: 7, width: 14, least: 2, from: 0, main: true },
    secondary: { rank: 6, width: 12, least: 1.6, from: 10, main: true },
    tertiary: { rank: 5, width: 10, least: 1.2, from: 12, main: false },
    residential: { rank: 4, width: 8, least: 0.8, from: 13, main: false },
    unclassified: { rank: 4, width: 8, least: 0.8, from: 13, main: false },
    living_street: { rank: 3, width: 7, least: 0.8, from: 13.5, main: false },
    service: { rank: 2, width: 4, least: 0.6, from: 14.5, main: false },
}
const footways = new Set(['footway', 'path', 'cycleway', 'pedestrian', 'steps', 'track', 'bridleway'])
const railways = new Set(['rail', 'railway', 'tram', 'subway', 'light_rail'])

export function streetStyle(palette: Palette, lang: MapLang) {
    const fill = (color: string, zIndex: number) => new Style({ fill: new Fill({ color }), zIndex })
    const water = new Style({
        fill: new Fill({ color: palette.sea }),
        stroke: new Stroke({ color: palette.sea, width: 1.6 }),
        zIndex: 3,
    })
    const flat: Record<string, Style> = {
        water,
        green: fill(palette.green, 2),
        landuse: fill(palette.landuse, 1),
        boundary: new Style({ stroke: new Stroke({ color: palette.border, width: 0.9, lineDash: [4, 3] }), zIndex: 4 }),
    }
    const building = new Style({
        fill: new Fill({ color: palette.building }),
        stroke: new Stroke({ color: palette.buildingLine, width: 0.7 }),
        zIndex: 5,
    })
    const labels = new Labels(palette, lang)
    return (feature: FeatureLike, resolution: number): Style | Style[] | undefined => {
        const zoom = Math.log2(156_543.034 / resolution)
        const layer = feature.get('layer') as string
        if (layer === 'road') return roadStyles(feature, resolution, zoom, palette, labels)
        if (layer === 'building') return zoom >= 13.5 ? building : undefined
        if (layer === 'housenumber') return zoom >= 17 ? labels.number(feature) : undefined
        if (layer === 'place') return labels.place(feature)
        if (layer === 'poi') return zoom >= 16.5 ? labels.poi(feature) : undefined
        return flat[layer]
    }
}

function roadStyles(feature: FeatureLike, resolution: number, zoom: number, palette: Palette, labels: Labels) {
    const kind = feature.get('class') as string
    if (railways.has(kind)) return lineStyle(palette.rail, zoom >= 14 ? 1.4 : 0.8, 5, kind === 'subway' ? [2, 4] : undefined)
    if (footways.has(kind)) return zoom >= 15 ? lineStyle(palette.path, 1, 5, [3, 3]) : undefined
    const look = roads[kind.replace(/_link$/, '')] ?? roads['service']
    if (!look || zoom < look.from) return undefined
    // mercator metres are 1.8 times too long at 56° N; 0.6 keeps drawn widths near the real ones
    const width = Math.max(look.least, (look.width / resolution) * 1.2)
    const styles = [lineStyle(look.main ? palette.roadMain : palette.road, width, 20 + look.rank)]
    if (width > 1.5) styles.push(lineStyle(palette.roadLine, width + 1.6, 10 + look.rank))
    const name = zoom >= (look.main ? 13 : 15) ? labels.road(feature, look.rank) : undefined
    if (name) styles.push(name)
    return styles
}

const lines = new Map<string, Style>()
function lineStyle(color: string, width: number, zIndex: number, lineDash?: number[]): Style {
    const key = `${color}|${width.toFixed(1)}|${zIndex}|${lineDash ?? ''}`
    const known = lines.get(key)
    if (known) return known
    const stroke = new Stroke({ color, width, lineCap: lineDash ? 'butt' : 'round', lineJoin: 'round', ...(lineDash && { lineDash }) })
    const style = new Style({ stroke, zIndex })
    lines.set(key, style)
    return style
}

class Labels {
    private halo: Stroke
    constructor(
        private palette: Palette,
        private lang: MapLang,
    ) {
        this.halo = new Stroke({ color: palette.halo, width: 3 })
        lines.clear()
    }

    road(feature: FeatureLike, rank: number): Style | undefined {
        return this.make(this.name(feature), { size: rank >= 6 ? 12 : 11, placement: 'line', zIndex: 40 + rank })
    }
    place(feature: FeatureLike): Style | undefined {
        return this.make(this.name(feature), { size: 13, weight: 600, strong: true, zIndex: 60 })
    }
    number(feature: FeatureLike): Style | undefined {
        return this.make(feature.get('number') as string | undefined, { size: 10.5, zIndex: 30 })
    }
    poi(feature: FeatureLike): Style | undefined {
        const style = this.make(this.name(feature), { size: 11, zIndex: 35, offsetY: 10 })
        style?.setImage(new Circle({ radius: 2.2, fill: new Fill({ color: this.palette.text }) }))
        return style
    }

    private name(feature: FeatureLike): string | undefined {
        const english = this.lang === 'en' ? (feature.get('name_en') as string | undefined) : undefined
        return english || (feature.get('name') as string | undefined)
    }

    private make(
        text: string | undefined,
        look: { size: number; weight?: number; strong?: boolean; placement?: 'line'; zIndex: number; offsetY?: number },
    ): Style | undefined {
        if (!text) return undefined
        const label = new Text({
            text,
            font: `${look.weight ?? 400} ${look.size}px ${this.palette.font}`,
            fill: new Fill({ color: look.strong ? this.palette.textStrong : this.palette.text }),
            stroke: this.halo,
            placement: look.placement ?? 'point',
            repeat: look.placement ? 380 : undefined,
            maxAngle: 0.5,
            offsetY: look.offsetY ?? 0,
        })
        return new Style({ text: label, zIndex: look.zIndex })
    }
}
