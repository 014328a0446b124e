// A map of delivery zones over the ground: each in its colour, with its name.
import { createEmpty, extend, isEmpty } from 'ol/extent'
import type Feature from 'ol/Feature'
import GeoJSON from 'ol/format/GeoJSON'
import VectorLayer from 'ol/layer/Vector'
import VectorSource from 'ol/source/Vector'
import { Fill, Stroke, Style, Text } from 'ol/style'
import type { MapInfo, Zone } from '../api/types'
import { GroundMap } from './ground_map'
import type { Palette } from './palette'

const animated = 250 // ms

export class ZoneMap extends GroundMap {
    private source: VectorSource

    constructor(host: HTMLElement, info: MapInfo) {
        const [lon, lat] = info.center
        const source = new VectorSource()
        const layer = new VectorLayer({ source, zIndex: 10, declutter: true })
        super(host, info, { lat, lon, zoom: info.zoom }, layer, (palette) => (feature) => zoneStyle(feature as Feature, palette))
        this.source = source
    }

    /** Lower priorities first, so that those that win lie above. */
    show(zones: Zone[]): void {
        const format = new GeoJSON({ featureProjection: 'EPSG:3857' })
        const features = [...zones].reverse().map(({ id, name, colour, state, geometry }) => {
            const feature = format.readFeature({ type: 'Feature', id, properties: { name, colour, state }, geometry }) as Feature
            return feature
        })
        this.source.clear()
        this.source.addFeatures(features)
    }

    /** One zone, or all of them with an empty id. */
    fit(id: string, soft = true): void {
        const one = id ? this.source.getFeatureById(id) : null
        const shape = one && !Array.isArray(one) ? one.getGeometry() : null
        const extent = shape ? shape.getExtent() : extend(createEmpty(), this.source.getExtent() ?? createEmpty())
        if (!isEmpty(extent)) this.map.getView().fit(extent, { padding: [30, 30, 30, 30], maxZoom: 16, duration: soft ? animated : 0 })
    }
}

function zoneStyle(feature: Feature, palette: Palette): Style {
    const colour = String(feature.get('colour'))
    const closed = feature.get('state') === 'closed'
    return new Style({
        fill: new Fill({ color: `${colour}${closed ? '14' : '38'}` }),
        stroke: new Stroke({ color: colour, width: 2, ...(closed && { lineDash: [6, 5] }) }),
        text: new Text({
            text: String(feature.get('name')),
            font: `600 13px ${palette.font}`,
            fill: new Fill({ color: palette.textStrong }),
            stroke: new Stroke({ color: palette.halo, width: 3 }),
            overflow: true,
        }),
    })
}
