// The built-in base map: world backdrop, the region's land, outlines, rivers, lakes, towns. Data: /basemap/*.json.
// All outlines are drawn alike and neutral.
import type Feature from 'ol/Feature'
import type { FeatureLike } from 'ol/Feature'
import GeoJSON from 'ol/format/GeoJSON'
import TopoJSON from 'ol/format/TopoJSON'
import { intersects, isEmpty } from 'ol/extent'
import type OlMap from 'ol/Map'
import { fromExtent } from 'ol/geom/Polygon'
import OlFeature from 'ol/Feature'
import VectorLayer from 'ol/layer/Vector'
import { transformExtent } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import { Circle, Fill, Stroke, Style, Text } from 'ol/style'
import type { Palette } from './palette'

export type MapLang = 'ru' | 'en'
interface RegionFile {
    [part: string]: object
}

/** What region.json covers, in map units. */
const regionExtent = transformExtent([26, 43.5, 44.5, 52.8], 'EPSG:4326', 'EPSG:3857')

const geojson = new GeoJSON({ featureProjection: 'EPSG:3857' })
const topojson = new TopoJSON()

export class BaseLayers {
    readonly world = new VectorLayer({ source: new VectorSource(), zIndex: 0 })
    readonly region = new VectorLayer({ source: new VectorSource(), zIndex: 1 })
    readonly towns = new VectorLayer({ source: new VectorSource(), zIndex: 8, declutter: true, maxZoom: 13.5 })
    private regionAsked = false
    private russian: Record<string, string> = {}

    async loadWorld(): Promise<void> {
        const file = await fetchJson('/basemap/world.json')
        this.world.getSource()?.addFeatures(topojson.readFeatures(file, { featureProjection: 'EPSG:3857' }))
    }

    /** Loads the region's files when the map first shows some of it. */
    async loadRegionInSight(map: OlMap): Promise<void> {
        const extent = map.getView().calculateExtent(map.getSize())
        if (this.regionAsked || isEmpty(extent) || !intersects(extent, regionExtent)) return
        this.regionAsked = true
        const [region, towns, names] = await Promise.all(
            ['region', 'cities', 'ru-names'].map((name) => fetchJson(`/basemap/${name}.json`)),
        )
        this.russian = names as Record<string, string>
        this.region.getSource()?.addFeatures(readRegion(region as RegionFile))
        this.towns.getSource()?.addFeatures(geojson.readFeatures(towns))
    }

    restyle(palette: Palette, lang: MapLang): void {
        const outline = new Stroke({ color: palette.border, width: 0.8 })
        const land = new Fill({ color: palette.land })
        this.world.setStyle(new Style({ fill: land, stroke: outline }))
        const parts: Record<string, Style> = {
            sea: new Style({ fill: new Fill({ color: palette.sea }), zIndex: 0 }),
            land: new Style({ fill: land, zIndex: 1 }),
            lakes: new Style({ fill: new Fill({ color: palette.sea }), zIndex: 2 }),
            rivers: new Style({ stroke: new Stroke({ color: palette.sea, width: 1.4 }), zIndex: 3 }),
            adm: new Style({ stroke: new Stroke({ color: palette.border, width: 0.9, lineDash: [4, 3] }), zIndex: 4 }),
        }
        this.region.setStyle((feature) => parts[feature.get('part') as string])
        this.towns.setStyle(this.townStyle(palette, lang))
    }

    private townStyle(palette: Palette, lang: MapLang) {
        const dot = new Circle({ radius: 2.5, fill: new Fill({ color: palette.text }) })
        const halo = new Stroke({ color: palette.halo, width: 3 })
        return (feature: FeatureLike, resolution: number) => {
            const people = feature.get('p') as number
            if (people < resolution * 60) return undefined
            const big = people >= 500_000
            const latin = feature.get('n') as string
            const name = lang === 'ru' ? ((feature.get('ru') as string | undefined) ?? this.russian[latin] ?? latin) : latin
            const text = new Text({
                text: name,
                font: `${big ? 600 : 400} ${big ? 13 : 12}px ${palette.font}`,
                fill: new Fill({ color: big ? palette.textStrong : palette.text }),
                stroke: halo,
                offsetY: -11,
            })
            return new Style({ image: dot, text, zIndex: Math.round(people / 1000) })
        }
    }
}

function readRegion(file: RegionFile): Feature[] {
    const sea = new OlFeature({ geometry: fromExtent(regionExtent), part: 'sea' })
    const parts = Object.entries(file).flatMap(([part, collection]) =>
        geojson.readFeatures(collection).map((feature) => {
            feature.set('part', part, true)
            return feature
        }),
    )
    return [sea, ...parts]
}

async function fetchJson(path: string): Promise<object> {
    const response = await fetch(path)
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`)
    return (await response.json()) as object
}
